package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of one generation's items. Each generation has a prefix of its own for its partition keys, except the first
 * one, which has none.
 *
 * @param number the generation, from 0
 * @param processor the name of the projection or event handler
 */
record GenerationKeys(int number, String processor) {
    /** The partition of the register of parked streams. */
    static final String PARKED = "@parked";

    /** The partition of the skipped commits. */
    static final String SKIPPED = "@skipped";

    /** What the partition keys of a generation begin with. */
    static String prefix(int number) {
        return number == 0 ? "" : "@" + number + "/";
    }

    String partition(String partition) {
        return prefix(number) + partition;
    }

    Map<String, AttributeValue> row(RowKey key) {
        return key(key.partition(), key.sort());
    }

    Map<String, AttributeValue> fold(StreamId stream) {
        return key(stream.toString(), FoldItem.SORT_PREFIX + processor);
    }

    Map<String, AttributeValue> parked(StreamId stream) {
        return key(PARKED, registerSortPrefix() + stream);
    }

    /** Skips of one stream stand in the order of their versions. */
    Map<String, AttributeValue> skipped(String stream, long version) {
        return key(SKIPPED, registerSortPrefix() + "%s@%012d".formatted(stream, version));
    }

    /** What the sort keys of this processor in its registers begin with. */
    String registerSortPrefix() {
        return FoldItem.SORT_PREFIX + processor + "#";
    }

    private Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(
                ViewTable.PARTITION, AttributeValue.fromS(partition(partition)),
                ViewTable.SORT, AttributeValue.fromS(sort));
    }
}
