package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What stands in place of the first commit of an archived stream: where its events are now. A stream that was brought back
 * keeps it in an attribute of its first commit, so that the change of that item stays explained.
 *
 * @param stream the stream
 * @param last the version of the last event in the object
 * @param object the name of the object
 * @param sha256 the checksum of the object, in hexadecimal digits
 * @param first the checksum of the first commit, as a line of the object
 * @param closedAt when the stream was closed
 * @param restoredBy who brings the stream back; null unless somebody does or has done so
 */
record Tombstone(
        StreamId stream,
        long last,
        String object,
        String sha256,
        String first,
        Instant closedAt,
        @Nullable String restoredBy) {
    /** The attribute with all of this. */
    static final String ATTRIBUTE = "archived";

    private static final String OBJECT = "object";
    private static final String RESTORED_BY = "restoredBy";

    /** The tombstone in the item of version 1; null if the item is a commit that was never archived, or another version. */
    static @Nullable Tombstone in(Map<String, AttributeValue> item) {
        AttributeValue attribute = item.get(ATTRIBUTE);
        if (attribute == null) {
            return null;
        }
        try {
            Map<String, AttributeValue> archived = attribute.m();
            AttributeValue restoredBy = archived.get(RESTORED_BY);
            return new Tombstone(
                    StreamId.parse(text(item, CommitItem.STREAM)),
                    Long.parseLong(
                            Objects.requireNonNull(archived.get("last"), "last").n()),
                    text(archived, OBJECT),
                    text(archived, "sha256"),
                    text(archived, "first"),
                    Instant.parse(text(archived, "closedAt")),
                    restoredBy == null ? null : restoredBy.s());
        } catch (RuntimeException e) {
            throw new StoreFailure.Corrupted(
                    "The tombstone " + item.get(CommitItem.STREAM) + " of the event table cannot be read", e);
        }
    }

    /** Whether an item is a tombstone, and no commit. */
    static boolean is(Map<String, AttributeValue> item) {
        return item.containsKey(ATTRIBUTE) && !item.containsKey(CommitItem.COMMIT);
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    /** The item in place of the first commit. */
    Map<String, AttributeValue> item() {
        Map<String, AttributeValue> item = new HashMap<>(CommitItem.key(stream, 1));
        // Whoever compares heads with positions reads the last version of each item.
        item.put("last", AttributeValue.fromN(Long.toString(last)));
        item.put(ATTRIBUTE, attribute());
        return item;
    }

    /** The attribute that the first commit of a restored stream keeps. */
    AttributeValue attribute() {
        Map<String, AttributeValue> archived = new HashMap<>(Map.of(
                "last",
                AttributeValue.fromN(Long.toString(last)),
                OBJECT,
                AttributeValue.fromS(object),
                "sha256",
                AttributeValue.fromS(sha256),
                "first",
                AttributeValue.fromS(first),
                "closedAt",
                AttributeValue.fromS(closedAt.toString())));
        if (restoredBy != null) {
            archived.put(RESTORED_BY, AttributeValue.fromS(restoredBy));
        }
        return AttributeValue.fromM(archived);
    }

    /** The same while somebody brings the stream back. */
    Tombstone restoredBy(String actor) {
        return new Tombstone(stream, last, object, sha256, first, closedAt, actor);
    }
}
