package dev.storyline.projections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed has come, for people: how many commits it has taken, when it took the last ones, and when the newest of
 * them was decided. One item of the table of the view or the event handler, which each environment of the feed writes
 * every {@value #SECONDS} seconds at most, for 1 write unit. The figures decide nothing, so a write that fails is left out.
 */
public final class FeedPace {
    static final int SECONDS = 10;

    private final ViewTable table;
    private final Clock clock;
    private long untold;
    private Instant newest = Instant.EPOCH;
    private @Nullable Instant toldAt;

    /** The pace of the feed whose positions are in a table. */
    public FeedPace(ViewTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * What is stored. The names of the components are the storage format.
     *
     * @param commits how many commits the feed has taken, repetitions included
     * @param at when it took the last ones
     * @param newest when the newest of them was decided
     * @param before how many they were at the last sample, which the maintenance function takes each minute; null where there
     *     is none yet
     * @param beforeAt when that was
     */
    public record Told(
            long commits,
            Instant at,
            Instant newest,
            @Nullable Long before,
            @Nullable Instant beforeAt) {
        /** How many commits the feed took in a second since the last sample. */
        public double perSecond(Instant now) {
            Instant since = beforeAt;
            return since == null || before == null
                    ? 0
                    : (commits - before)
                            / Math.max(1, Duration.between(since, now).toMillis() / 1000.0);
        }
    }

    /**
     * A batch was taken.
     *
     * @param commits how many commits it had
     * @param newestOfThem when the newest of them was decided
     */
    public synchronized void took(long commits, Instant newestOfThem) {
        untold += commits;
        newest = newest.isBefore(newestOfThem) ? newestOfThem : newest;
        Instant now = clock.instant();
        Instant last = toldAt;
        boolean soon = last != null && now.isBefore(last.plusSeconds(SECONDS)) && !now.isBefore(last);
        if (untold == 0 || soon) {
            return;
        }
        toldAt = now;
        try {
            table.countTaken(untold, now, newest);
            untold = 0;
        } catch (RuntimeException e) {
            EngineContext.LOG.log(System.Logger.Level.DEBUG, "The pace of the feed could not be stored", e);
        }
    }
}
