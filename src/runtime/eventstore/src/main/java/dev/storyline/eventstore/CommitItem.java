package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts commits to items of the event table and back. The names of the attributes are the storage format. */
public final class CommitItem {
    static final String STREAM = "stream";
    static final String VERSION = "version";
    static final String COMMIT = "commit";

    private CommitItem() {}

    /** The item of a commit. */
    public static Map<String, AttributeValue> of(Commit commit) {
        Map<String, AttributeValue> item = new HashMap<>(key(commit.stream(), commit.version()));
        item.put("last", number(commit.last()));
        item.put(COMMIT, text(commit.id()));
        item.put("at", text(commit.at().toString()));
        item.put(
                "events",
                AttributeValue.fromL(
                        commit.events().stream().map(CommitItem::event).toList()));
        item.put("meta", AttributeValue.fromM(meta(commit.meta())));
        return item;
    }

    static Map<String, AttributeValue> key(StreamId stream, long version) {
        return Map.of(STREAM, text(stream.toString()), VERSION, number(version));
    }

    private static AttributeValue event(StoredEvent event) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("type", text(event.type()));
        item.put("v", number(event.schema()));
        item.put("data", text(event.data()));
        if (event.essential()) {
            item.put("essential", AttributeValue.fromBool(true));
        }
        return AttributeValue.fromM(item);
    }

    private static Map<String, AttributeValue> meta(CommitMetadata meta) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("actor", text(meta.actor()));
        item.put("correlation", text(meta.correlation()));
        if (meta.causation() != null) {
            item.put("causation", text(meta.causation()));
        }
        if (meta.request() != null) {
            item.put("request", text(meta.request()));
        }
        if (meta.trace() != null) {
            item.put("trace", text(meta.trace()));
        }
        if (meta.rejection() != null) {
            item.put("rule", text(meta.rejection().rule()));
            item.put("sentence", text(meta.rejection().sentence()));
        }
        return item;
    }

    /**
     * The commit of an item.
     *
     * @throws StoreFailure.Corrupted if the item is not a commit
     */
    public static Commit read(Map<String, AttributeValue> item) {
        try {
            return new Commit(
                    StreamId.parse(required(item, STREAM).s()),
                    Long.parseLong(required(item, VERSION).n()),
                    required(item, COMMIT).s(),
                    Instant.parse(required(item, "at").s()),
                    required(item, "events").l().stream()
                            .map(e -> readEvent(e.m()))
                            .toList(),
                    readMeta(required(item, "meta").m()));
        } catch (RuntimeException e) {
            throw new StoreFailure.Corrupted(
                    "The item " + item.get(STREAM) + " " + item.get(VERSION) + " of the event table is not a commit",
                    e);
        }
    }

    private static StoredEvent readEvent(Map<String, AttributeValue> item) {
        AttributeValue essential = item.get("essential");
        return new StoredEvent(
                required(item, "type").s(),
                Integer.parseInt(required(item, "v").n()),
                essential != null && Boolean.TRUE.equals(essential.bool()),
                required(item, "data").s());
    }

    private static CommitMetadata readMeta(Map<String, AttributeValue> item) {
        AttributeValue causation = item.get("causation");
        AttributeValue request = item.get("request");
        AttributeValue rule = item.get("rule");
        AttributeValue trace = item.get("trace");
        return new CommitMetadata(
                required(item, "actor").s(),
                required(item, "correlation").s(),
                causation == null ? null : causation.s(),
                request == null ? null : request.s(),
                rule == null
                        ? null
                        : new CommitMetadata.Rejection(
                                rule.s(), required(item, "sentence").s()),
                trace == null ? null : trace.s());
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), () -> "the attribute '" + name + "' is missing");
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
