package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the limits of the event store before anything is written. */
final class Limits {
    private Limits() {}

    static void check(Commit commit, int bytes) {
        if (commit.events().size() > EventStore.MAX_EVENTS) {
            throw new StoreFailure.LimitExceeded("A commit has at most " + EventStore.MAX_EVENTS + " events, not "
                    + commit.events().size() + ": split the command");
        }
        if (bytes > EventStore.MAX_BYTES) {
            throw new StoreFailure.LimitExceeded("A commit has at most " + EventStore.MAX_BYTES + " bytes, not " + bytes
                    + ": keep large content outside and record a reference");
        }
        String key = CommandId.key(commit.id());
        if (key.isBlank() || key.length() > CommandId.MAX_LENGTH) {
            throw new StoreFailure.LimitExceeded(
                    "A command id has 1 to " + CommandId.MAX_LENGTH + " characters, not " + key.length());
        }
    }

    static void checkTogether(int bytes) {
        if (bytes > EventStore.MAX_ATOMIC_BYTES) {
            throw new StoreFailure.LimitExceeded("An atomic append has at most " + EventStore.MAX_ATOMIC_BYTES
                    + " bytes, not " + bytes + ": record less, or in fewer streams");
        }
    }

    static void check(List<Commit> commits, List<EventStore.Unmoved> unmoved) {
        if (commits.isEmpty()) {
            throw new IllegalArgumentException("An atomic append needs a commit for its home stream");
        }
        int streams = commits.size() + unmoved.size();
        if (streams > EventStore.MAX_STREAMS) {
            throw new StoreFailure.LimitExceeded(
                    "At most " + EventStore.MAX_STREAMS + " streams take part in an append, not " + streams);
        }
        Set<StreamId> seen = new HashSet<>();
        Stream.concat(commits.stream().map(Commit::stream), unmoved.stream().map(EventStore.Unmoved::stream))
                .filter(stream -> !seen.add(stream))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException("The stream " + twice + " takes part twice in one append");
                });
    }
}
