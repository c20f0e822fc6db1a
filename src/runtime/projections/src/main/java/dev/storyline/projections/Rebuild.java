package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final int SKIPS_AT_ONCE = 500;

    private final ViewTable table;
    private final StreamApplier<?, ?> applier;
    private final EventScan scan;
    private final Plan plan;
    private final Clock clock;
    private final Backoff backoff;
    private final ParallelTasks tasks;
    private final GenerationSwitch generations;
    private final RebuildMeter meter;
    private boolean honoursSkips;

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

    /** The same, but the new generation passes over the commits, too, that operators let the served one skip. */
    public Rebuild honouringSkips() {
        honoursSkips = true;
        return this;
    }

    /**
     * The settings of a rebuild.
     *
     * @param segments how many parts of the event table are read in parallel, 1 to 64; a rebuild that continues keeps
     *     the number with which it began
     * @param readUnits the most read units of the event table in a second; 0 for no ceiling
     * @param settle the longest time that a function of the live feed runs, and may not know of the announcement, or
     *     that a query runs, and still reads the old generation
     * @param afterSwitch how long the old generation is written on after the switch, {@link #AFTER_SWITCH} where
     *     anybody queries the view; nobody queries the old one when a rebuild returns
     * @param keep whether to keep the generation that was served before, written by the live feed, to switch back to
     * @param progress is told of the progress, from any thread
     * @param goesOn whether this run only continues a rebuild that is not done
     */
    public record Plan(
            int segments,
            int readUnits,
            Duration settle,
            Duration afterSwitch,
            boolean keep,
            Consumer<Progress> progress,
            boolean goesOn) {
        /** The settings of a rebuild in one run. */
        public Plan(
                int segments,
                int readUnits,
                Duration settle,
                Duration afterSwitch,
                boolean keep,
                Consumer<Progress> progress) {
            this(segments, readUnits, settle, afterSwitch, keep, progress, false);
        }

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
     * @param done whether nothing is left to do; otherwise the time was over, and another run continues
     */
    public record Built(int generation, long events, double readUnits, boolean done) {}

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
        Set<String> others = table.otherProjections();
        if (!others.isEmpty()) {
            throw new Failed("The table of the view holds rows of " + String.join(", ", others)
                    + " too, and nothing tells them apart. Give each projection a table of its own.");
        }
        GenerationPointer pointer = generations.announce();
        if (pointer.building() != null) {
            int number = GenerationSwitch.other(pointer);
            Generation generation = table.generation(number);
            if (honoursSkips) {
                honour(table.generation(pointer.serving()), generation);
            }
            if (!build(generation, pointer)) {
                return built(pointer, false);
            }
            compare(generation, table.generation(pointer.serving()));
            pointer = generations.serve(number);
        }
        return built(pointer, awaitQueries() && clean(pointer));
    }

    /** What the live feed has parked before the skips were known goes on. */
    private void honour(Generation served, Generation generation) {
        String after = "";
        while (after != null) {
            GenerationReader.SkippedPage page = served.reader().skipped(after, SKIPS_AT_ONCE);
            for (Skipped skipped : page.skipped()) {
                generation.writer().honour(skipped);
                StreamId stream = StreamId.parse(skipped.stream());
                FoldItem fold = generation.reader().fold(stream);
                if (fold != null && fold.standing() != null) {
                    applier.redrive(generation, stream);
                }
            }
            after = page.next();
        }
    }

    private Built built(GenerationPointer pointer, boolean done) {
        return new Built(pointer.serving(), meter.events(), meter.units(), done);
    }

    /** Serves the generation again that the last rebuild kept. */
    public Built back() {
        int serving = generations.switchBack().serving();
        awaitQueries();
        return new Built(serving, 0, 0, true);
    }

    /** Until every query has read the pointer item anew, the live feed writes both generations; false if time is over. */
    private boolean awaitQueries() {
        meter.report("waiting for the queries that began before", 0);
        return waitUntil(clock.instant().plus(plan.afterSwitch()));
    }

    /** Whether the new generation is complete; otherwise the time is over. */
    private boolean build(Generation generation, GenerationPointer pointer) {
        long commits = scan.commits();
        meter.report("waiting for the functions that began before", commits);
        if (!waitUntil(Objects.requireNonNull(pointer.building()).plus(plan.settle()))) {
            return false;
        }
        AtomicBoolean unfinished = new AtomicBoolean();
        SegmentBuilder.Target target = new SegmentBuilder.Target(table, generation, applier);
        inParallel(pointer.segments(), segment -> {
            SegmentBuilder.Source source = new SegmentBuilder.Source(scan, segment, pointer.segments(), commits);
            if (!built(new SegmentBuilder(source, target, meter, backoff))) {
                unfinished.set(true);
            }
        });
        return !unfinished.get();
    }

    /** Whether a segment is complete; a stream too long for the rest of the time is no failure. */
    private static boolean built(SegmentBuilder segment) {
        try {
            return segment.run();
        } catch (TransientFailure e) {
            if (Deadline.current().isNear()) {
                return false;
            }
            throw e;
        }
    }

    /** A view is not served if it is parked at streams that the served view has passed. */
    private static void compare(Generation generation, Generation served) {
        Set<String> before = new HashSet<>();
        served.reader().allParked(before::add);
        List<String> parked = new ArrayList<>();
        generation.reader().allParked(stream -> {
            if (!before.contains(stream)) {
                parked.add(stream);
            }
        });
        if (!parked.isEmpty()) {
            throw new Failed("The new view is parked at " + parked.size() + " streams that the old view has passed: "
                    + String.join(", ", parked.subList(0, Math.min(3, parked.size())))
                    + ". Repair the slice, redrive them, and run the rebuild again; where the old view skipped their commits, let the"
                    + " rebuild honour the skips.");
        }
    }

    /**
     * Deletes the generations that are dropped, as soon as no function can be using them any more.
     *
     * @return whether all are deleted; otherwise the time is over
     */
    private boolean clean(GenerationPointer switched) {
        GenerationPointer pointer = generations.dropOther(switched);
        if (pointer.dropped().isEmpty()) {
            return true;
        }
        meter.report("waiting for the functions that use the old one", 0);
        if (!waitUntil(clock.instant().plus(plan.settle()))) {
            return false;
        }
        Patience patience = new Patience(backoff);
        for (int dropped : pointer.dropped()) {
            if (!patience.ask(() -> table.delete(dropped))) {
                return false;
            }
            generations.deleted(dropped);
        }
        return true;
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

    /** Waits; false if the time of the function is over before. */
    private boolean waitUntil(Instant then) {
        while (clock.instant().isBefore(then)) {
            if (Deadline.current().isNear()) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new Interrupted(new InterruptedException("its caller is gone"));
            }
            long left = Duration.between(clock.instant(), then).toNanos() + 1;
            backoff.pause(Math.min(LONGEST_PAUSE_NANOS, left));
        }
        return true;
    }
}
