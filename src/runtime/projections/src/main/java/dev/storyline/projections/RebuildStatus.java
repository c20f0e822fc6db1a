package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last rebuild of a view: who runs it, and how far it has come. It is one item of the view's table, which the rebuild
 * writes each {@link Rebuild#BEAT}, 1 read unit and 1 write unit. Stored under the names of these components.
 *
 * @param run which run of a rebuild has written it last; each run has another number
 * @param by who began the run
 * @param since when the rebuild began; a run that continues another one keeps it
 * @param at when it was written: the last sign of life
 * @param state what became of the run
 * @param generation the generation that is built
 * @param segments how many parts of the event table are read in parallel
 * @param ceilings the ceilings, which may be changed here while it runs
 * @param work how far it has come
 * @param pace how fast it is
 * @param failure why the last run ended before its time; null if it did not
 * @param rev counts the writes of the item
 */
public record RebuildStatus(
        long run,
        String by,
        Instant since,
        Instant at,
        State state,
        int generation,
        int segments,
        CapacityCeilings ceilings,
        Work work,
        Pace pace,
        @Nullable String failure,
        long rev) {
    /** What became of a run. */
    public enum State {
        /** It runs, or it was killed: then {@link #at} stands still. */
        RUNNING,

        /** It was interrupted, or its time was over. Run it again to continue. */
        PAUSED,

        /** The new generation cannot be served. */
        FAILED,

        /** The new generation is complete, but not served, as it was told. Run it again to serve it. */
        BUILT,

        /** The new generation is served, and nothing is left to do. */
        DONE
    }

    /**
     * How far a rebuild has come. All runs of one rebuild count together, except for {@code scanned}.
     *
     * @param doing the present activity in a few words
     * @param scanned the commits that this activity has passed; what a killed run had read is counted again
     * @param ofScanned how many commits the table has, about; 0 if the activity reads none, or it is not known
     * @param events the events that were stepped over
     * @param readUnits the read units that were consumed
     * @param writeUnits the write units that were consumed
     */
    public record Work(String doing, long scanned, long ofScanned, long events, double readUnits, double writeUnits) {
        static final Work NONE = new Work("beginning", 0, 0, 0, 0, 0);

        Work minus(Work other) {
            return new Work(
                    doing,
                    scanned - other.scanned,
                    ofScanned,
                    events - other.events,
                    readUnits - other.readUnits,
                    writeUnits - other.writeUnits);
        }

        /** The work of both, doing what the other one does. */
        Work plus(Work other) {
            return new Work(
                    other.doing,
                    scanned + other.scanned,
                    other.ofScanned,
                    events + other.events,
                    readUnits + other.readUnits,
                    writeUnits + other.writeUnits);
        }
    }

    /**
     * How fast a rebuild is, since the item was written before.
     *
     * @param eventsPerSecond events stepped over in a second
     * @param readUnitsPerSecond read units consumed in a second
     * @param writeUnitsPerSecond write units consumed in a second
     * @param secondsLeft how long the activity takes from now on, about; null if it is not known
     * @param lagSeconds how old the oldest commit is that the rebuild has met and the live feed has not yet applied to
     *     the served view; 0 if there is none; null if it has met no new commits
     * @param backedOffReads the read units a second to which throttling has brought the rebuild down; null if it has not
     * @param backedOffWrites the same for write units
     */
    public record Pace(
            double eventsPerSecond,
            double readUnitsPerSecond,
            double writeUnitsPerSecond,
            @Nullable Long secondsLeft,
            @Nullable Double lagSeconds,
            @Nullable Double backedOffReads,
            @Nullable Double backedOffWrites) {
        static final Pace NONE = new Pace(0, 0, 0, null, null, null, null);
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    RebuildStatus limited(CapacityCeilings changed) {
        return new RebuildStatus(run, by, since, at, state, generation, segments, changed, work, pace, failure, rev);
    }

    RebuildStatus written() {
        return new RebuildStatus(
                run, by, since, at, state, generation, segments, ceilings, work, pace, failure, rev + 1);
    }
}
