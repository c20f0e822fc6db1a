package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The state of a stream with the ids of all commits that were folded into it, by which a retry is recognised.
 *
 * @param state the command model
 * @param version the version of the last event; 0 for none
 * @param commits the folded commits, newest first; null for none
 */
record FoldedStream<S>(S state, long version, @Nullable Seen commits) {
    /** A linked list of the commits' names. Lists of later states share their tails with earlier ones. */
    record Seen(
            String name, long version, int count, @Nullable Seen earlier) {}

    FoldedStream<S> with(Commit commit, S next) {
        int count = commits == null ? 1 : commits.count() + 1;
        return new FoldedStream<>(
                next, commit.last(), new Seen(CommandId.name(commit), commit.version(), count, commits));
    }

    /** The first version of the command's commit, or 0 if there is none. */
    long versionOf(CommandId command) {
        for (Seen seen = commits; seen != null; seen = seen.earlier()) {
            if (command.isNamed(seen.name())) {
                return seen.version();
            }
        }
        return 0;
    }

    /** The same state without the commits, for a stream in which no retry is looked for. */
    FoldedStream<S> withoutCommits() {
        return new FoldedStream<>(state, version, null);
    }

    int commitCount() {
        return commits == null ? 0 : commits.count();
    }
}
