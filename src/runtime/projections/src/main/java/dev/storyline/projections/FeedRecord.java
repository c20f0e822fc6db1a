package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** One record of an event table's change stream, however it was delivered. */
public sealed interface FeedRecord {
    /** The name of the record in a partial batch response. */
    String sequence();

    /** A commit that was inserted. */
    record Inserted(String sequence, Commit commit) implements FeedRecord {}

    /**
     * An inserted item of a stream that cannot be read from the record: it is no commit, or too large for the transport.
     * The stream is read from the event table; what is no commit there parks it.
     */
    record Unreadable(String sequence, StreamId stream, String trouble) implements FeedRecord {}

    /**
     * A record that an append-only table must never send: an item that was changed or removed, or has no stream. Never
     * applied.
     */
    record Alarming(String sequence, String trouble) implements FeedRecord {}

    /**
     * A commit that was changed or removed. The archiver may have done so; otherwise it is {@link Alarming}.
     *
     * @param removed whether it was removed
     */
    record Altered(String sequence, StreamId stream, long version, boolean removed, String trouble)
            implements FeedRecord {
        /** The same where nobody may have altered it. */
        public Alarming alarming() {
            return new Alarming(sequence, trouble);
        }
    }

    /** The stream of the record, or null if there is none. */
    default @Nullable StreamId target() {
        return switch (this) {
            case Inserted(String _, Commit commit) -> commit.stream();
            case Unreadable(String _, StreamId stream, String _) -> stream;
            case Alarming _, Altered _ -> null;
        };
    }
}
