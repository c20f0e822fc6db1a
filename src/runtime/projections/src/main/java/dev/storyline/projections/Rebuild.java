package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.EventScan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Builds a view again from the whole history, beside the generation that is served. Live feed and queries go on. A
 * rebuild that was interrupted anywhere continues when it is run again.
 *
 * <p>The rebuild first announces the new generation, so that the live feed writes it too. It waits until every function
 * has ended that may not know of the announcement. Then it scans the segments of the event table in parallel,
 * consistently. Commits that the scan misses arrive through the live feed, so one scan is enough. The commits of a
 * stream are stepped in memory and written together with those of other streams, a hundred parts in a transaction. A
 * stream that the live feed has written already, or that is too large, catches up alone, as in every repair. Then the
 * new generation is served. Only a projection can be rebuilt, so no effect can happen here.
 *
 * <p>A rebuild costs one read unit for each started 4 KB of the event table, and the writes of the view.
 */
public final class Rebuild {
    /** How long after a switch the old generation is written on: longer than a query may keep the pointer item. */
    public static final Duration AFTER_SWITCH = ViewTable.POINTER_KEPT.plusSeconds(1);

    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final ViewTable table;
    private final StreamApplier<?, ?> applier;
    private final EventScan scan;
    private final Plan plan;
    private final Clock clock;
    private final Backoff backoff;
    private final ParallelTasks tasks;
    private final GenerationSwitch generations;
    private final RebuildMeter meter;

    Rebuild(
            ViewTable table,
            int version,
            StreamApplier<?, ?> applier,
            EventScan scan,
            Plan plan,
            Clock clock,
            Backoff backoff,
            ParallelTasks tasks) {
        this.table = table;
        this.applier = applier;
        this.scan = scan;
        this.plan = plan;
        this.clock = clock;
        this.backoff = backoff;
        this.tasks = tasks;
        this.generations = new GenerationSwitch(table, version, plan, clock, backoff);
        this.meter = new RebuildMeter(plan, backoff);
    }

    /**
     * The settings of a rebuild.
     *
     * @param segments how many parts of the event table are read in parallel, 1 to 64; a rebuild that continues keeps
     *     the number with which it began
     * @param readUnits the most read units of the event table in a second; 0 for no ceiling
     * @param settle the longest time that a function of the live feed runs, and may not know of the announcement
     * @param afterSwitch how long the old generation is written on after the switch, {@link #AFTER_SWITCH} where
     *     anybody queries the view; nobody queries the old one when a rebuild returns
     * @param keep whether to keep the generation that was served before, written by the live feed, to switch back to
     * @param progress is told of the progress, from any thread
     */
    public record Plan(
            int segments,
            int readUnits,
            Duration settle,
            Duration afterSwitch,
            boolean keep,
            Consumer<Progress> progress) {
        public Plan {
            if (segments < 1 || segments > 64) {
                throw new IllegalArgumentException("A rebuild has 1 to 64 segments, not " + segments);
            }
            if (readUnits < 0) {
                throw new IllegalArgumentException(
                        "The ceiling of read units is 0 for none or a positive number, not " + readUnits);
            }
        }
    }

    /**
     * The progress of a rebuild.
     *
     * @param doing the present activity in a few words
     * @param events the events that this run has read
     * @param commits the commits that this run has read
     * @param ofCommits how many commits the table has, about; 0 if it is not known
     * @param elapsed the time since this run began
     */
    public record Progress(String doing, long events, long commits, long ofCommits, Duration elapsed) {}

    /**
     * The result of a rebuild.
     *
     * @param generation the generation that is served now
     * @param events the events that this run has read
     * @param readUnits the read units of the event table that this run has used
     */
    public record Built(int generation, long events, double readUnits) {}

    /** The new generation cannot be served. The old one still is. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** The rebuild was interrupted. Run it again to continue. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(Throwable cause) {
            super("The rebuild was interrupted; run it again to continue: " + cause.getMessage(), cause);
        }
    }

    /**
     * Builds the new generation, compares it with the served one, serves it, and deletes the old one.
     *
     * @throws Failed if the new generation cannot be served; the old one still is
     */
    public Built run() {
        GenerationPointer pointer = generations.announce();
        if (pointer.building() != null) {
            int number = GenerationSwitch.other(pointer);
            Generation generation = table.generation(number);
            build(generation, pointer);
            compare(generation, table.generation(pointer.serving()));
            pointer = generations.serve(number);
        }
        awaitQueries();
        clean(pointer);
        return new Built(pointer.serving(), meter.events(), meter.units());
    }

    /** Serves the generation again that the last rebuild kept. */
    public Built back() {
        int serving = generations.switchBack().serving();
        awaitQueries();
        return new Built(serving, 0, 0);
    }

    /** Until every query has read the pointer item anew, the live feed writes both generations. */
    private void awaitQueries() {
        meter.report("waiting for the queries that began before", 0);
        waitUntil(clock.instant().plus(plan.afterSwitch()));
    }

    private void build(Generation generation, GenerationPointer pointer) {
        long commits = scan.commits();
        meter.report("waiting for the functions that began before", commits);
        waitUntil(Objects.requireNonNull(pointer.building()).plus(plan.settle()));
        SegmentBuilder.Target target = new SegmentBuilder.Target(table, generation, applier);
        inParallel(
                pointer.segments(),
                segment -> new SegmentBuilder(
                                new SegmentBuilder.Source(scan, segment, pointer.segments(), commits),
                                target,
                                meter,
                                backoff)
                        .run());
    }

    /** A view is not served if it is parked at streams that the served view has passed. */
    private static void compare(Generation generation, Generation served) {
        Set<String> before = new HashSet<>();
        served.reader().parked().forEach(one -> before.add(one.stream()));
        List<String> parked = generation.reader().parked().stream()
                .map(GenerationReader.ParkedEntry::stream)
                .filter(stream -> !before.contains(stream))
                .toList();
        if (!parked.isEmpty()) {
            throw new Failed("The new view is parked at " + parked.size() + " streams that the old view has passed: "
                    + String.join(", ", parked.subList(0, Math.min(3, parked.size())))
                    + ". Repair the slice, redrive them, and run the rebuild again.");
        }
    }

    /** Deletes the generations that are dropped, as soon as no function can be using them any more. */
    private void clean(GenerationPointer switched) {
        GenerationPointer pointer = generations.dropOther(switched);
        if (pointer.dropped().isEmpty()) {
            return;
        }
        meter.report("waiting for the functions that use the old one", 0);
        waitUntil(clock.instant().plus(plan.settle()));
        Patience patience = new Patience(backoff);
        for (int dropped : pointer.dropped()) {
            patience.ask(() -> {
                table.delete(dropped);
                return dropped;
            });
            generations.deleted(dropped);
        }
    }

    /**
     * Works on all segments at the same time. A failing segment does not stop the others; the whole fails at the end.
     */
    private void inParallel(int segments, IntConsumer work) {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Runnable> all = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            int segment = i;
            all.add(() -> {
                try {
                    work.accept(segment);
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            });
        }
        tasks.runAll(all);
        for (Throwable failure : failures) {
            throw new Interrupted(failure);
        }
    }

    private void waitUntil(Instant then) {
        while (clock.instant().isBefore(then)) {
            long left = Duration.between(clock.instant(), then).toNanos() + 1;
            backoff.pause(Math.min(LONGEST_PAUSE_NANOS, left));
        }
    }
}
