package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The settings of a rebuild.
 *
 * @param segments how many parts of the event table are read in parallel, 1 to 64; a rebuild that continues keeps
 *     the number with which it began
 * @param ceilings the most read and write units that the rebuild consumes in a second
 * @param settle the longest time that a function of the live feed runs, and may not know of the announcement, or
 *     that a query runs, and still reads the old generation
 * @param afterSwitch how long the old generation is written on after the switch, {@link Rebuild#AFTER_SWITCH} where
 *     anybody queries the view; nobody queries the old one when a rebuild returns
 * @param by who rebuilds
 * @param beat how often the status is written
 * @param keep whether to keep the generation that was served before, written by the live feed, to switch back to
 * @param diff whether to compare the rows of both generations
 * @param serve whether to serve the new generation; otherwise it is built and compared only, until another run
 * @param goesOn whether this run only continues a rebuild that is not done
 * @param progress is told of the progress, from any thread
 */
public record RebuildPlan(
        int segments,
        CapacityCeilings ceilings,
        Duration settle,
        Duration afterSwitch,
        String by,
        Duration beat,
        boolean keep,
        boolean diff,
        boolean serve,
        boolean goesOn,
        Consumer<RebuildStatus> progress) {
    private static final int MOST_SEGMENTS = 64;

    public RebuildPlan {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException("A rebuild has 1 to " + MOST_SEGMENTS + " segments, not " + segments);
        }
    }

    /** A rebuild in one run, without ceilings, that serves the new generation and deletes the old one. */
    public static RebuildPlan of(int segments, Duration settle, Duration afterSwitch) {
        return new RebuildPlan(
                segments,
                CapacityCeilings.NONE,
                settle,
                afterSwitch,
                "an operator",
                Rebuild.BEAT,
                false,
                false,
                true,
                false,
                _ -> {});
    }

    /** The same with ceilings. */
    public RebuildPlan below(CapacityCeilings limits) {
        return new RebuildPlan(segments, limits, settle, afterSwitch, by, beat, keep, diff, serve, goesOn, progress);
    }

    /** The same, by somebody. */
    public RebuildPlan by(String who) {
        return new RebuildPlan(segments, ceilings, settle, afterSwitch, who, beat, keep, diff, serve, goesOn, progress);
    }

    /** The same with another interval of the status. */
    public RebuildPlan beating(Duration interval) {
        return new RebuildPlan(
                segments, ceilings, settle, afterSwitch, by, interval, keep, diff, serve, goesOn, progress);
    }

    /** The same, keeping the generation that was served before, or not. */
    public RebuildPlan keeping(boolean old) {
        return new RebuildPlan(segments, ceilings, settle, afterSwitch, by, beat, old, diff, serve, goesOn, progress);
    }

    /** The same, comparing the rows of both generations before one of them is served. */
    public RebuildPlan comparing(boolean thenServe) {
        return new RebuildPlan(
                segments, ceilings, settle, afterSwitch, by, beat, keep, true, thenServe, goesOn, progress);
    }

    /** The same, only continuing a rebuild that is not done. */
    public RebuildPlan goingOn() {
        return new RebuildPlan(segments, ceilings, settle, afterSwitch, by, beat, keep, diff, serve, true, progress);
    }

    /** The same, telling of its progress. */
    public RebuildPlan telling(Consumer<RebuildStatus> listener) {
        return new RebuildPlan(segments, ceilings, settle, afterSwitch, by, beat, keep, diff, serve, goesOn, listener);
    }
}
