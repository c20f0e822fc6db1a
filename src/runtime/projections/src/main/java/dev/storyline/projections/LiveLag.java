package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the live feed is behind during a rebuild, from what the rebuild meets anyway: some new commits, which are looked
 * up in the served view when the status is written. A hundred of them cost 50 read units at most. Thread-safe.
 */
final class LiveLag {
    private static final int MOST = 100;
    private static final Duration NEW = Duration.ofMinutes(10);
    private static final double MILLIS = 1_000;

    private final ViewTable table;
    private final Map<StreamId, Commit> met = new HashMap<>();

    LiveLag(ViewTable table) {
        this.table = table;
    }

    /** The rebuild has read a commit. */
    synchronized void meets(Commit commit, Instant now) {
        if (commit.at().plus(NEW).isAfter(now) && (met.size() < MOST || met.containsKey(commit.stream()))) {
            met.put(commit.stream(), commit);
        }
    }

    /** The age of the oldest of these commits that is not in the served view, in seconds; null if there are none. */
    @Nullable
    Double seconds(Instant now) {
        Map<StreamId, Commit> looked;
        synchronized (this) {
            looked = Map.copyOf(met);
            met.clear();
        }
        if (looked.isEmpty()) {
            return null;
        }
        try {
            int serving = table.generations().serving();
            Map<StreamId, FoldItem> folds = table.generation(serving).reader().folds(looked.keySet(), false);
            double longest = 0;
            for (Commit commit : looked.values()) {
                FoldItem fold = folds.get(commit.stream());
                if (FoldItem.isBehind(fold, commit.version())) {
                    longest =
                            Math.max(longest, Duration.between(commit.at(), now).toMillis() / MILLIS);
                }
            }
            return longest;
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
            return null;
        }
    }
}
