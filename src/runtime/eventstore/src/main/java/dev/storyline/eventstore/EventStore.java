package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams of commits with optimistic concurrency. Every method throws {@link StoreFailure} where the store cannot do its
 * part.
 */
public interface EventStore {
    /** The most events in one commit. */
    int MAX_EVENTS = 100;

    /** The largest commit, in bytes as DynamoDB counts an item. */
    int MAX_BYTES = 350 * 1024;

    /** The most streams that take part in one atomic append. */
    int MAX_STREAMS = 100;

    /** The most that one atomic append writes, in bytes; DynamoDB takes 4 MB. */
    int MAX_ATOMIC_BYTES = 4_000_000;

    /**
     * Reads commits in order, strongly consistent, and checks that none is missing.
     *
     * @param stream which stream
     * @param after the version after which to start; 0 reads from the beginning
     * @param upTo the last version of interest; {@link Long#MAX_VALUE} reads to the head
     * @param visitor gets each commit in order; a long stream is never held in memory at once
     * @return the version of the last event read, or {@code after} if there is none
     * @throws StoreFailure.Corrupted if versions are not contiguous
     */
    long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor);

    /**
     * Appends one commit in one conditional write, if its version is still free.
     *
     * @throws StoreFailure.LimitExceeded if the commit is larger than the store takes
     */
    AppendResult append(Commit commit);

    /**
     * Appends to several streams, all or nothing, if none of the streams has moved.
     *
     * @param commits at most one for each stream; the first is the home stream's, where idempotency is looked up
     * @param unmoved streams that were read and get no commit
     * @throws StoreFailure.LimitExceeded if more than {@link #MAX_STREAMS} streams take part or the commits are too large
     */
    AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved);

    /**
     * A stream that was read for a decision and must not have moved since.
     *
     * @param stream the stream
     * @param version the version of its last event when it was read; 0 for none
     */
    record Unmoved(StreamId stream, long version) {}

    /** What came of an append. */
    sealed interface AppendResult {
        /** The commits are in their streams. */
        record Appended() implements AppendResult {}

        /**
         * A stream has moved; nothing was written.
         *
         * @param inTheWay the commit that stands where ours should; our own if an earlier try had succeeded; null if
         *     the store only knows that somebody else is writing there
         */
        record Conflict(@Nullable Commit inTheWay) implements AppendResult {}
    }
}
