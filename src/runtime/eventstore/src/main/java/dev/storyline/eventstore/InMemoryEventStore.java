package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The event store for specifications: the same contract, held in memory. */
public final class InMemoryEventStore implements EventStore {
    private final Map<StreamId, NavigableMap<Long, Commit>> streams = new HashMap<>();

    @Override
    public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
        List<Commit> commits;
        synchronized (this) {
            NavigableMap<Long, Commit> all = streams.getOrDefault(stream, new TreeMap<>());
            commits = upTo <= after
                    ? List.of()
                    : List.copyOf(all.subMap(after, false, upTo, true).values());
        }
        long last = after;
        for (Commit commit : commits) {
            if (commit.version() != last + 1) {
                throw new StoreFailure.Corrupted(
                        "The stream " + stream + " goes on at version " + commit.version() + " after version " + last);
            }
            last = commit.last();
            visitor.accept(commit);
        }
        return last;
    }

    @Override
    public AppendResult append(Commit commit) {
        return appendAll(List.of(commit), List.of());
    }

    @Override
    public synchronized AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved) {
        Limits.check(commits, unmoved);
        int total = 0;
        for (Commit commit : commits) {
            int bytes = ItemSize.bytes(CommitItem.of(commit));
            Limits.check(commit, bytes);
            total += bytes;
        }
        Limits.checkTogether(total);
        for (Commit commit : commits) {
            Commit other = at(commit.stream(), commit.version());
            if (other != null) {
                return new AppendResult.Conflict(other);
            }
        }
        for (Unmoved stream : unmoved) {
            Commit other = at(stream.stream(), stream.version() + 1);
            if (other != null) {
                return new AppendResult.Conflict(other);
            }
        }
        commits.forEach(commit -> streams.computeIfAbsent(commit.stream(), stream -> new TreeMap<>())
                .put(commit.version(), commit));
        return new AppendResult.Appended();
    }

    private @Nullable Commit at(StreamId stream, long version) {
        return streams.getOrDefault(stream, new TreeMap<>()).get(version);
    }
}
