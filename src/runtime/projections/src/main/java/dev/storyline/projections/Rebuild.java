package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CapacityThrottle;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.TableExport;
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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a view again from the whole history, beside the generation that is served. Live feed and queries go on. A
 * rebuild that was interrupted anywhere continues when it is run again.
 *
 * <p>The rebuild first announces the new generation, so that the live feed writes it too. It waits until every function
 * has ended that may not know of the announcement. Then it scans the segments of the event table in parallel,
 * consistently. Commits that the scan misses arrive through the live feed, so one scan is enough. The commits of a
 * stream are stepped in memory and written together with those of other streams, a hundred parts in a transaction. A
 * stream that the live feed has written already, or that is too large, catches up alone, as in every repair. Then the
 * heads of all streams are compared with the new positions, and the new generation is served. Only a projection can be
 * rebuilt, so no effect can happen here.
 *
 * <p>A rebuild costs one read unit for each started 4 KB of the event table, half of that again for the heads, half a
 * read unit for each stream, and the writes of the view. {@link RebuildEstimate} tells it beforehand. Memory holds, for
 * each segment, a page of the table and the rows of one transaction.
 */
public final class Rebuild {
    /** How long after a switch the old generation is written on: longer than a query may keep the pointer item. */
    public static final Duration AFTER_SWITCH = ViewTable.POINTER_KEPT.plusSeconds(1);

    /** How often a rebuild writes its status, and hears of changed ceilings. */
    public static final Duration BEAT = Duration.ofSeconds(2);

    private static final long LONGEST_PAUSE_NANOS = 200_000_000;
    private static final int SKIPS_AT_ONCE = 500;

    /** The name under which it is stored which export a generation is built from. */
    private static final String EXPORT = "export";

    private final ViewTable table;
    private final StreamApplier<?, ?> applier;
    private final EventScan scan;
    private final RebuildPlan plan;
    private final Clock clock;
    private final Backoff backoff;
    private final ParallelTasks tasks;
    private final GenerationSwitch generations;
    private final RebuildLease lease;
    private final CapacityThrottle throttle;
    private final RebuildMeter meter;
    private boolean honoursSkips;
    private @Nullable String export;
    private Function<String, TableExport> exports = place -> {
        throw new Failed("The rebuild reads the export " + place + ", which this function does not know of.");
    };

    /**
     * A rebuild.
     *
     * @param context the engine that live feeds use too
     * @param scan the scan of the event table
     */
    Rebuild(EngineContext<?, ?> context, EventScan scan, RebuildPlan plan) {
        this.plan = plan;
        this.clock = context.clock();
        this.backoff = context.backoff();
        this.tasks = context.tasks();
        this.throttle = new CapacityThrottle(clock, backoff, plan.ceilings());
        EngineContext<?, ?> throttled = context.under(throttle, scan);
        this.table = throttled.table();
        this.applier = new StreamApplier<>(throttled);
        this.scan = scan.under(throttle);
        // What is about the rebuild itself does not wait: a sign of life must come in time.
        this.generations =
                new GenerationSwitch(context.table(), context.processor().version(), plan, clock, backoff);
        this.lease = new RebuildLease(context.table(), plan, clock, backoff);
        this.meter = new RebuildMeter(plan, throttle, lease, new LiveLag(table), clock);
    }

    /** The same, but the new generation passes over the commits, too, that operators let the served one skip. */
    public Rebuild honouringSkips() {
        honoursSkips = true;
        return this;
    }

    /**
     * The same, but the commits are read from an export of the event table. What is newer is taken from the table when the
     * heads are compared. A rebuild that was begun so goes on so.
     *
     * @param place where the export is; null where none is named, and only one that goes on may read it
     * @param open reads an export; it checks that it is one of the event table
     */
    public Rebuild from(@Nullable String place, Function<String, TableExport> open) {
        exports = open;
        if (place != null) {
            TableExport _ = open.apply(place);
            export = place;
        }
        return this;
    }

    /**
     * The result of a run of a rebuild.
     *
     * @param generation the generation that is served now
     * @param events the events that this run has read
     * @param readUnits the read units that this run has consumed
     * @param writeUnits the write units that this run has consumed
     * @param streams the streams whose heads this run has compared with the new positions
     * @param behind how many of those were missing or behind, and were brought to their heads
     * @param differences how the rows of both generations differ; null if they were not compared
     * @param done whether nothing is left to do; otherwise the time was over, and another run continues
     * @param served whether the new generation is served
     */
    public record Built(
            int generation,
            long events,
            double readUnits,
            double writeUnits,
            long streams,
            long behind,
            @Nullable RowDifferences differences,
            boolean done,
            boolean served) {}

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
     * Builds the new generation, compares it with all heads and with the served one, serves it, and deletes the old one.
     *
     * @throws Failed if the new generation cannot be served, or another run rebuilds the view; the old one still is
     */
    public Built run() {
        refuseOthers();
        return alone(this::build);
    }

    private void refuseOthers() {
        Set<String> others = table.otherProjections();
        if (!others.isEmpty()) {
            throw new Failed("The table of the view holds rows of " + String.join(", ", others)
                    + " too, and nothing tells them apart. Give each projection a table of its own.");
        }
    }

    /**
     * A new generation that others build.
     *
     * @param generation its number; the one that is served if nothing is to be built
     * @param segments the numbers of its segments; empty if nothing is to be built
     * @param waitSeconds how long nothing can be built
     */
    public record Begun(int generation, List<Integer> segments, long waitSeconds) {}

    /**
     * Announces a new generation, for others to build its segments: {@link #segment} in any number of processes, and
     * then {@link #run}, which builds what is left, compares and serves it.
     *
     * @throws Failed if another run rebuilds the view
     */
    public Begun begin() {
        refuseOthers();
        RebuildStatus earlier = lease.take();
        GenerationPointer pointer = generations.announce();
        Instant announced = pointer.building();
        if (announced == null) {
            meter.end(RebuildStatus.State.PAUSED, null);
            return new Begun(pointer.serving(), List.of(), 0);
        }
        int number = GenerationSwitch.other(pointer);
        keepExport(number);
        meter.building(number, earlier);
        meter.end(RebuildStatus.State.RUNNING, null);
        long wait =
                Duration.between(clock.instant(), announced.plus(plan.settle())).toSeconds();
        return new Begun(number, IntStream.range(0, pointer.segments()).boxed().toList(), Math.max(0, wait + 1));
    }

    /**
     * The result of one run over a segment.
     *
     * @param segment the number of the segment
     * @param events the events that this run has read
     * @param readUnits the read units that this run has consumed
     * @param writeUnits the write units that this run has consumed
     * @param done whether the segment is complete; otherwise the time was over, and another run continues
     */
    public record BuiltSegment(int segment, long events, double readUnits, double writeUnits, boolean done) {}

    /**
     * Builds one segment of the generation that was begun, or goes on with it.
     *
     * @param beside how many segments are built at the same time, each with its share of the ceilings
     * @throws Failed if no rebuild was begun
     */
    public BuiltSegment segment(int segment, int beside) {
        generations.mustBeBuilding();
        GenerationPointer pointer = table.generations();
        if (segment < 0 || segment >= pointer.segments()) {
            throw new Failed(
                    "The rebuild has the segments 0 to " + (pointer.segments() - 1) + ", not " + segment + ".");
        }
        lease.join();
        meter.share(GenerationSwitch.other(pointer), beside);
        boolean done = waitUntil(Objects.requireNonNull(pointer.building()).plus(plan.settle()));
        if (done) {
            meter.begin("reading", scan.size().commits());
            Generation generation = table.generation(GenerationSwitch.other(pointer));
            done = done(builder(generation, pointer), segment);
        }
        meter.end(RebuildStatus.State.RUNNING, null);
        return new BuiltSegment(segment, meter.events(), meter.readUnits(), meter.writeUnits(), done);
    }

    /** Whoever goes on, also in another process, reads the same. */
    private void keepExport(int generation) {
        if (export != null) {
            table.progress(generation, EXPORT, export);
        }
    }

    private Segment builder(Generation generation, GenerationPointer pointer) {
        SegmentBuilder.Target target = new SegmentBuilder.Target(table, generation, applier);
        String place = table.progress(generation.number(), EXPORT);
        TableExport exported = place == null ? null : exports.apply(place);
        return segment -> new SegmentBuilder(
                        exported == null
                                ? SegmentBuilder.segment(scan, segment, pointer.segments(), meter)
                                : exported.segment(segment, pointer.segments())::page,
                        Integer.toString(segment),
                        target,
                        meter,
                        backoff)
                .run();
    }

    private interface Part {
        Built of(@Nullable RebuildStatus earlier);
    }

    /** Does something that only one run at a time may do. */
    private Built alone(Part part) {
        RebuildStatus earlier = lease.take();
        throttle.limit(lease.held().ceilings());
        try {
            Built built = part.of(earlier);
            meter.end(stateOf(built), null);
            return built;
        } catch (Failed e) {
            meter.end(RebuildStatus.State.FAILED, e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            meter.end(RebuildStatus.State.PAUSED, e.getMessage());
            throw e;
        }
    }

    private static RebuildStatus.State stateOf(Built built) {
        if (!built.done()) {
            return RebuildStatus.State.PAUSED;
        }
        return built.served() ? RebuildStatus.State.DONE : RebuildStatus.State.BUILT;
    }

    private Built build(@Nullable RebuildStatus earlier) {
        GenerationPointer pointer = generations.announce();
        Findings findings = new Findings();
        if (pointer.building() != null) {
            int number = GenerationSwitch.other(pointer);
            keepExport(number);
            meter.building(number, earlier);
            if (honoursSkips) {
                honour(table.generation(pointer.serving()), table.generation(number));
            }
            if (!build(table.generation(number), pointer, findings)) {
                return built(pointer, findings, false, false);
            }
            if (!plan.serve()) {
                return built(pointer, findings, true, false);
            }
            lease.mustHold();
            pointer = generations.serve(number);
        }
        return built(pointer, findings, awaitQueries() && clean(pointer), true);
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

    /** What a run has found. */
    private static final class Findings {
        private long streams;
        private long behind;
        private @Nullable RowDifferences differences;
    }

    private Built built(GenerationPointer pointer, Findings findings, boolean done, boolean served) {
        return new Built(
                pointer.serving(),
                meter.events(),
                meter.readUnits(),
                meter.writeUnits(),
                findings.streams,
                findings.behind,
                findings.differences,
                done,
                served);
    }

    /** Serves the generation again that the last rebuild kept. */
    public Built back() {
        generations.mustHaveKept();
        return alone(_ -> {
            GenerationPointer pointer = generations.switchBack();
            awaitQueries();
            return built(pointer, new Findings(), true, true);
        });
    }

    /** Gives up the generation that is being built, and deletes it. */
    public Built drop() {
        generations.mustBeBuilding();
        return alone(_ -> {
            GenerationPointer pointer = generations.giveUp();
            return built(pointer, new Findings(), clean(pointer), true);
        });
    }

    /** Until every query has read the pointer item anew, the live feed writes both generations; false if time is over. */
    private boolean awaitQueries() {
        meter.begin("waiting for the queries that began before", 0);
        return waitUntil(clock.instant().plus(plan.afterSwitch()));
    }

    /** Whether the new generation is complete; otherwise the time is over. */
    private boolean build(Generation generation, GenerationPointer pointer, Findings findings) {
        long commits = scan.size().commits();
        meter.begin("waiting for the functions that began before", 0);
        if (!waitUntil(Objects.requireNonNull(pointer.building()).plus(plan.settle()))) {
            return false;
        }
        SegmentBuilder.Target target = new SegmentBuilder.Target(table, generation, applier);
        meter.begin("reading", commits);
        if (!inParallel(pointer.segments(), builder(generation, pointer))) {
            return false;
        }
        HeadCount heads = new HeadCount(scan, target, meter, new Patience(backoff));
        if (!plan.goesOn()) {
            heads.beginAnew(pointer.segments());
        }
        meter.begin("comparing heads", commits);
        boolean compared = inParallel(pointer.segments(), segment -> heads.run(segment, pointer.segments()));
        findings.streams = heads.streams();
        findings.behind = heads.behind();
        Generation served = table.generation(pointer.serving());
        return compared && parksNothingNew(generation, served) && compare(served, generation, findings);
    }

    private boolean compare(Generation served, Generation generation, Findings findings) {
        if (!plan.diff()) {
            return true;
        }
        meter.begin("comparing rows", 0);
        findings.differences = new GenerationDiff(table, served, generation, backoff, meter).run(!plan.goesOn());
        return findings.differences != null;
    }

    private interface Segment {
        boolean run(int segment);
    }

    /** Whether a segment is complete; a stream too long for the rest of the time is no failure. */
    private static boolean done(Segment work, int segment) {
        try {
            return work.run(segment);
        } catch (TransientFailure e) {
            if (Deadline.current().isNear()) {
                return false;
            }
            throw e;
        }
    }

    /** A view is not served if it is parked at streams that the served view has passed. */
    private static boolean parksNothingNew(Generation generation, Generation served) {
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
        return true;
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
        meter.begin("waiting for the functions that use the old one", 0);
        if (!waitUntil(clock.instant().plus(plan.settle()))) {
            return false;
        }
        meter.begin("deleting the old one", 0);
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
     *
     * @return whether all are complete; otherwise the time is over
     */
    private boolean inParallel(int segments, Segment work) {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean unfinished = new AtomicBoolean();
        List<Runnable> all = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            int segment = i;
            all.add(() -> {
                try {
                    if (!done(work, segment)) {
                        unfinished.set(true);
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            });
        }
        tasks.runAll(all);
        for (Throwable failure : failures) {
            if (failure instanceof Failed failed) {
                throw failed;
            }
            throw new Interrupted(failure);
        }
        return !unfinished.get();
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
            meter.report();
        }
        return true;
    }
}
