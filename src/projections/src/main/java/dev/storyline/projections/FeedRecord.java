package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import org.jspecify.annotations.Nullable;

/**
 * One record of an event table's change stream.
 *
 * @param sequence names the record in a partial batch response
 * @param commit the commit that was inserted; null where the record cannot be read as one
 * @param trouble what is wrong with the record: changed, removed or unreadable items of an append-only table; null for a
 *     readable insert
 */
public record FeedRecord(
        String sequence, @Nullable Commit commit, @Nullable String trouble) {
    /** A commit that was inserted. */
    public static FeedRecord inserted(String sequence, Commit commit) {
        return new FeedRecord(sequence, commit, null);
    }

    /** A record that an append-only table should never have sent. */
    public static FeedRecord troubled(String sequence, String trouble) {
        return new FeedRecord(sequence, null, trouble);
    }
}
