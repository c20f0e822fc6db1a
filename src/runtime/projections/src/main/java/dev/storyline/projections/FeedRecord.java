package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** One record of an event table's change stream. */
public sealed interface FeedRecord {
    /** Names the record in a partial batch response. */
    String sequence();

    /** A commit that was inserted. */
    record Inserted(String sequence, Commit commit) implements FeedRecord {}

    /** An inserted item that cannot be read as a commit, in a stream that can be named: it parks there. */
    record Unreadable(String sequence, StreamId stream, String trouble) implements FeedRecord {}

    /** What an append-only table should never send: an item changed, removed, or of no stream. Never applied. */
    record Alarming(String sequence, String trouble) implements FeedRecord {}

    /** The stream to apply to, or null where there is none. */
    default @Nullable StreamId target() {
        return switch (this) {
            case Inserted(String _, Commit commit) -> commit.stream();
            case Unreadable(String _, StreamId stream, String _) -> stream;
            case Alarming _ -> null;
        };
    }
}
