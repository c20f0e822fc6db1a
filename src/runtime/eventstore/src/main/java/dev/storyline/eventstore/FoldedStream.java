package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * A stream as a decider sees it, with the ids of the commits it was folded from: whoever appends to it has seen every id.
 *
 * @param state the command model
 * @param version the version of the last event; 0 for none
 * @param commits the commits folded, newest first; null for none
 */
record FoldedStream<S>(S state, long version, @Nullable Seen commits) {
    /** A list that grows by sharing its tail. */
    record Seen(
            String id, long version, int count, @Nullable Seen earlier) {}

    FoldedStream<S> with(Commit commit, S next) {
        int count = commits == null ? 1 : commits.count() + 1;
        return new FoldedStream<>(next, commit.last(), new Seen(commit.id(), commit.version(), count, commits));
    }

    /** The first version of the commit with this id, or 0 if it was not among those folded. */
    long versionOf(String commandId) {
        for (Seen seen = commits; seen != null; seen = seen.earlier()) {
            if (seen.id().equals(commandId)) {
                return seen.version();
            }
        }
        return 0;
    }

    int commitCount() {
        return commits == null ? 0 : commits.count();
    }
}
