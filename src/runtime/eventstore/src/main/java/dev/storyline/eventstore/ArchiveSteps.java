package dev.storyline.eventstore;

import static dev.storyline.eventstore.CommitItem.COMMIT;
import static dev.storyline.eventstore.CommitItem.VERSION;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Checksum;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The steps by which one stream goes to the archive and comes back. Each is repeatable, and does nothing where somebody
 * else has gone on.
 */
final class ArchiveSteps {
    private static final int MOST_DELETED_AT_ONCE = 99;
    private static final int MOST_BYTES_AT_ONCE = 3_500_000;

    private static final String FREE = "attribute_not_exists(#version)";
    private static final Map<String, String> FREE_NAMES = Map.of("#version", VERSION);

    /** Whether exactly this tombstone stands in place of the first commit. */
    private static final String STANDS = "attribute_not_exists(#commit) AND #archived = :archived";

    private static final Map<String, String> STANDS_NAMES = Map.of("#commit", COMMIT, "#archived", Tombstone.ATTRIBUTE);

    private final Archiver.Stores place;

    ArchiveSteps(Archiver.Stores place) {
        this.place = place;
    }

    StoredStream stored(StreamId stream) {
        return StoredStream.read(place.dynamo(), place.table(), stream, Archiver.MOST_BYTES);
    }

    /** A commit that closes a stream, or opens it again. */
    static Commit commit(StreamId stream, long version, String type, String actor, Instant at) {
        String id = type + "→" + version;
        return new Commit(
                stream,
                version,
                id,
                at,
                List.of(new StoredEvent(type, 1, false, "{}")),
                new CommitMetadata(actor, id, null, null, null));
    }

    /** Writes the object, and reads it back: nothing is deleted that the archive does not have. */
    Tombstone written(List<Commit> commits, Commit closing) {
        StreamId stream = closing.stream();
        byte[] content = ArchivedEvents.bytes(commits);
        // Names of objects stand in logs and lists, so they do not tell the ids of people.
        String name = place.bucket() + "/" + Checksum.hex(stream.toString()) + "/"
                + commits.getLast().last() + ".jsonl";
        Tombstone tombstone = new Tombstone(
                stream,
                commits.getLast().last(),
                name,
                Checksum.hex(content),
                Checksum.hex(ArchivedEvents.line(commits.getFirst())),
                closing.at(),
                null);
        place.archive().put(name, content);
        byte[] back = place.archive().get(name);
        if (back == null || !Arrays.equals(back, content) || !read(stream, back).equals(commits)) {
            throw new StoreFailure.Corrupted("The archive object " + name + " of the stream " + stream
                    + " is not what was written: nothing was deleted");
        }
        return tombstone;
    }

    private static List<Commit> read(StreamId stream, byte[] content) {
        try {
            return ArchivedEvents.commits(stream, content);
        } catch (JsonProcessingException e) {
            throw new StoreFailure.Corrupted("The archive object of the stream " + stream + " cannot be read", e);
        }
    }

    /**
     * Puts the tombstone in place of the first commit, if that is as it was read and nobody has opened the stream again;
     * false otherwise.
     */
    boolean bury(Tombstone tombstone, StoredStream stored) {
        AttributeValue before = stored.items().getFirst().get(Tombstone.ATTRIBUTE);
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":commit", AttributeValue.fromS(stored.commits().getFirst().id())));
        if (before != null) {
            values.put(":archived", before);
        }
        TransactWriteItem tomb = TransactWriteItem.builder()
                .put(put -> put.tableName(place.table())
                        .item(tombstone.item())
                        .conditionExpression("#commit = :commit AND "
                                + (before == null ? "attribute_not_exists(#archived)" : "#archived = :archived"))
                        .expressionAttributeNames(STANDS_NAMES)
                        .expressionAttributeValues(values))
                .build();
        TransactWriteItem closed = TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(place.table())
                        .key(CommitItem.key(stored.stream(), stored.head() + 1))
                        .conditionExpression(FREE)
                        .expressionAttributeNames(FREE_NAMES))
                .build();
        return transact(List.of(tomb, closed));
    }

    private boolean put(
            Map<String, AttributeValue> item,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        PutItemRequest.Builder request = PutItemRequest.builder()
                .tableName(place.table())
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(names);
        PutItemRequest put = values.isEmpty()
                ? request.build()
                : request.expressionAttributeValues(values).build();
        try {
            DynamoDbFailures.call(() -> place.dynamo().putItem(put));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** Deletes the commits that the object has, as long as the tombstone stands and nobody brings them back. */
    void deleteCovered(Tombstone tombstone, StoredStream stored) {
        List<TransactWriteItem> parts = new ArrayList<>();
        int bytes = 0;
        for (Map<String, AttributeValue> item : stored.items()) {
            long version = Objects.requireNonNull(EventScan.place(item)).version();
            if (version == 1 || version > tombstone.last()) {
                continue;
            }
            int size = ItemSize.bytes(item);
            if (parts.size() == MOST_DELETED_AT_ONCE || (!parts.isEmpty() && bytes + size > MOST_BYTES_AT_ONCE)) {
                delete(tombstone, parts);
                parts.clear();
                bytes = 0;
            }
            bytes += size;
            parts.add(TransactWriteItem.builder()
                    .delete(one -> one.tableName(place.table()).key(CommitItem.key(stored.stream(), version)))
                    .build());
        }
        if (!parts.isEmpty()) {
            delete(tombstone, parts);
        }
    }

    private void delete(Tombstone tombstone, List<TransactWriteItem> parts) {
        List<TransactWriteItem> all = new ArrayList<>(parts);
        all.add(TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(place.table())
                        .key(CommitItem.key(tombstone.stream(), 1))
                        .conditionExpression(STANDS)
                        .expressionAttributeNames(STANDS_NAMES)
                        .expressionAttributeValues(Map.of(":archived", tombstone.attribute())))
                .build());
        // Otherwise somebody brings the stream back, or another archiver is at it; what is left to do, the next run
        // does.
        boolean _ = transact(all);
    }

    /** Writes all or nothing; false if a condition does not hold, or somebody else writes the same items. */
    private boolean transact(List<TransactWriteItem> parts) {
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().transactItems(parts).build();
        try {
            DynamoDbFailures.call(() -> place.dynamo().transactWriteItems(request));
            return true;
        } catch (TransactionCanceledException e) {
            boolean others = e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .anyMatch(code -> "ConditionalCheckFailed".equals(code) || "TransactionConflict".equals(code));
            if (!others) {
                throw e;
            }
            return false;
        }
    }

    /** @throws StoreFailure.Corrupted if the object of a tombstone is missing or was altered */
    void requireIntact(Tombstone tombstone) {
        if (ArchivedEvents.read(tombstone, place.archive().get(tombstone.object()))
                .isEmpty()) {
            throw new StoreFailure.Corrupted("The archive object " + tombstone.object() + " has no commits");
        }
    }

    /** Marks a tombstone: from now on, nobody deletes what it covers. */
    void mark(Tombstone tombstone, String actor) {
        put(tombstone.restoredBy(actor).item(), STANDS, STANDS_NAMES, Map.of(":archived", tombstone.attribute()));
    }

    /** Puts the commits of a marked tombstone back, and opens the stream; false if somebody else has gone on. */
    boolean goOnRestoring(StoredStream stored, Instant at) {
        Tombstone tombstone = Objects.requireNonNull(stored.tombstone());
        if (stored.isArchived()) {
            List<Commit> commits =
                    ArchivedEvents.read(tombstone, place.archive().get(tombstone.object()));
            for (Commit commit : commits.subList(1, commits.size())) {
                // One that is there already was put back before, or was never deleted.
                put(CommitItem.of(commit), FREE, FREE_NAMES, Map.of());
            }
            Map<String, AttributeValue> first = new HashMap<>(CommitItem.of(commits.getFirst()));
            first.put(Tombstone.ATTRIBUTE, tombstone.attribute());
            put(first, STANDS, STANDS_NAMES, Map.of(":archived", tombstone.attribute()));
        }
        return reopen(stored(stored.stream()), Objects.requireNonNull(tombstone.restoredBy()), at);
    }

    /** Appends the opening commit behind the closing one, if no tombstone stands; false if somebody else was faster. */
    boolean reopen(StoredStream stored, String actor, Instant at) {
        if (!stored.isClosed() || stored.isArchived()) {
            return false;
        }
        Commit opening = commit(stored.stream(), stored.head() + 1, StoredEvent.REOPENED, actor, at);
        TransactWriteItem append = TransactWriteItem.builder()
                .put(put -> put.tableName(place.table())
                        .item(CommitItem.of(opening))
                        .conditionExpression(FREE)
                        .expressionAttributeNames(FREE_NAMES))
                .build();
        TransactWriteItem whole = TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(place.table())
                        .key(CommitItem.key(stored.stream(), 1))
                        .conditionExpression("attribute_exists(#commit)")
                        .expressionAttributeNames(Map.of("#commit", COMMIT)))
                .build();
        return transact(List.of(append, whole));
    }
}
