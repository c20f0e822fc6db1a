package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams of commits with optimistic concurrency. Every method throws {@link StoreFailure} if the store is throttled,
 * unavailable, corrupted, or at a limit.
 */
public interface EventStore {
    /** The most events in one commit. */
    int MAX_EVENTS = 100;

    /** The largest commit, in bytes as DynamoDB counts an item. */
    int MAX_BYTES = 350 * 1024;

    /** The most streams that take part in one atomic append. */
    int MAX_STREAMS = 100;

    /** The most bytes in one atomic append, below DynamoDB's 4 MB. */
    int MAX_ATOMIC_BYTES = 4_000_000;

    /**
     * Reads commits in order, strongly consistent, and checks that none is missing.
     *
     * @param stream which stream
     * @param after the version after which to start; 0 reads from the beginning
     * @param upTo the last version of interest; {@link Long#MAX_VALUE} reads to the head
     * @param visitor gets each commit in order; a long stream is never in memory as a whole
     * @return the version of the last event read, or {@code after} if there is none
     * @throws StoreFailure.Corrupted if versions are not contiguous
     */
    long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor);

    /**
     * Reads commits to the head as {@link #read}, for a decision.
     *
     * @throws StreamArchived if the stream is closed; the visitor may have got some of its commits
     */
    default long readOpen(StreamId stream, long after, Consumer<Commit> visitor) {
        Closing closing = new Closing(visitor);
        long last = read(stream, after, Long.MAX_VALUE, closing);
        closing.check(stream);
        return last;
    }

    /** The version of a stream's last event, strongly consistent; 0 if there is none. */
    default long head(StreamId stream) {
        return read(stream, 0, Long.MAX_VALUE, commit -> {});
    }

    /**
     * Whether an archiver changed or removed the item of a version, so that the change is no damage.
     *
     * @param removed whether the item was removed; otherwise it was changed
     */
    default boolean isArchivers(StreamId stream, long version, boolean removed) {
        return false;
    }

    /**
     * Appends one commit in one conditional write, if its version is still free.
     *
     * @throws StoreFailure.LimitExceeded if the commit is larger than the store takes
     */
    AppendResult append(Commit commit);

    /**
     * Appends to several streams, all or nothing, if none of the streams has changed.
     *
     * @param commits at most one for each stream; the first one is for the home stream, where retries are recognised
     * @param unmoved streams that were read and get no commit
     * @throws StoreFailure.LimitExceeded if more than {@link #MAX_STREAMS} streams take part or the commits are too
     *     large
     */
    AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved);

    /**
     * A stream that was read for a decision and must not have changed since.
     *
     * @param stream the stream
     * @param version the version of its last event when it was read; 0 for none
     */
    record Unmoved(StreamId stream, long version) {}

    /** The result of an append. */
    sealed interface AppendResult {
        /** The commits are in their streams. */
        record Appended() implements AppendResult {}

        /**
         * A stream has changed; nothing was written.
         *
         * @param inTheWay the commit at the version of ours, which is our own if an earlier try succeeded; null if the
         *     store only knows that another writer is active
         */
        record Conflict(@Nullable Commit inTheWay) implements AppendResult {}
    }
}
