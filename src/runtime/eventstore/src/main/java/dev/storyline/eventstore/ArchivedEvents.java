package dev.storyline.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Checksum;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an archive object: the commits of one stream as they were recorded, one line of JSON each, behind a line
 * with the stream and its versions. The same commits are the same bytes.
 */
final class ArchivedEvents {
    private ArchivedEvents() {}

    /** The object of some commits, all of one stream, from version 1 without gaps. */
    static byte[] bytes(List<Commit> commits) {
        StringBuilder text = new StringBuilder();
        text.append(Json.mapper()
                        .createObjectNode()
                        .put("stream", commits.getFirst().stream().toString())
                        .put("first", commits.getFirst().version())
                        .put("last", commits.getLast().last())
                        .put("commits", commits.size()))
                .append('\n');
        commits.forEach(commit -> text.append(line(commit)).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The line of a commit. */
    static String line(Commit commit) {
        ObjectNode line = Json.mapper()
                .createObjectNode()
                .put("version", commit.version())
                .put("commit", commit.id())
                .put("at", commit.at().toString());
        ArrayNode events = line.putArray("events");
        for (StoredEvent event : commit.events()) {
            ObjectNode one = events.addObject().put("type", event.type()).put("v", event.schema());
            if (event.essential()) {
                one.put("essential", true);
            }
            one.put("data", event.data());
        }
        CommitMetadata meta = commit.meta();
        ObjectNode told = line.putObject("meta").put("actor", meta.actor()).put("correlation", meta.correlation());
        putUnlessNull(told, "causation", meta.causation());
        putUnlessNull(told, "request", meta.request());
        putUnlessNull(told, "trace", meta.trace());
        if (meta.rejection() != null) {
            told.put("rule", meta.rejection().rule())
                    .put("sentence", meta.rejection().sentence());
        }
        return line.toString();
    }

    private static void putUnlessNull(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /**
     * The commits of the object that a tombstone names.
     *
     * @throws StoreFailure.Corrupted if the object is not the one that was written
     */
    static List<Commit> read(Tombstone tombstone, byte @Nullable [] content) {
        if (content == null) {
            throw new StoreFailure.Corrupted("The archive object " + tombstone.object() + " of the stream "
                    + tombstone.stream() + " is missing: restore it from a backup");
        }
        if (!Checksum.hex(content).equals(tombstone.sha256())) {
            throw new StoreFailure.Corrupted("The archive object " + tombstone.object() + " of the stream "
                    + tombstone.stream() + " was altered: its checksum is not the one in the event table; restore it"
                    + " from a backup");
        }
        try {
            return commits(tombstone.stream(), content);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new StoreFailure.Corrupted(
                    "The archive object " + tombstone.object() + " of the stream " + tombstone.stream()
                            + " cannot be read",
                    e);
        }
    }

    /** The commits in the content of an object. */
    static List<Commit> commits(StreamId stream, byte[] content) throws JsonProcessingException {
        List<Commit> commits = new ArrayList<>();
        List<String> lines =
                new String(content, StandardCharsets.UTF_8).lines().skip(1).toList();
        for (String line : lines) {
            commits.add(commit(stream, Json.mapper().readTree(line)));
        }
        return commits;
    }

    private static Commit commit(StreamId stream, JsonNode line) {
        List<StoredEvent> events = new ArrayList<>();
        for (JsonNode event : line.path("events")) {
            events.add(new StoredEvent(
                    event.required("type").textValue(),
                    event.required("v").intValue(),
                    event.path("essential").booleanValue(),
                    event.required("data").textValue()));
        }
        JsonNode meta = line.required("meta");
        return new Commit(
                stream,
                line.required("version").longValue(),
                line.required("commit").textValue(),
                Instant.parse(line.required("at").textValue()),
                events,
                new CommitMetadata(
                        meta.required("actor").textValue(),
                        meta.required("correlation").textValue(),
                        meta.path("causation").textValue(),
                        meta.path("request").textValue(),
                        meta.has("rule")
                                ? new CommitMetadata.Rejection(
                                        meta.path("rule").textValue(),
                                        meta.required("sentence").textValue())
                                : null,
                        meta.path("trace").textValue()));
    }
}
