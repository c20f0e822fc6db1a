package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.CapacityThrottle;
import dev.storyline.eventstore.Commit;
import dev.storyline.projections.RebuildStatus.Pace;
import dev.storyline.projections.RebuildStatus.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one run of a rebuild does, tells it to the caller and, each {@link Rebuild#BEAT}, to the status row, and
 * hears there of changed ceilings. Thread-safe.
 */
final class RebuildMeter implements SegmentBuilder.Counter {
    private static final double NANOS = 1e9;

    private final RebuildPlan plan;
    private final CapacityThrottle throttle;
    private final RebuildLease lease;
    private final LiveLag lag;
    private final Clock clock;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong scanned = new AtomicLong();
    private volatile Work before = Work.NONE;
    private volatile String doing = Work.NONE.doing();
    private volatile long ofScanned;
    private volatile int generation;
    private volatile int sharers = 1;
    private volatile Pace pace = Pace.NONE;
    private volatile @Nullable Double lagSeconds;
    private long eventsAtBeat;
    private long scannedAtBeat;
    private Instant beatAt;

    RebuildMeter(RebuildPlan plan, CapacityThrottle throttle, RebuildLease lease, LiveLag lag, Clock clock) {
        this.plan = plan;
        this.throttle = throttle;
        this.lease = lease;
        this.lag = lag;
        this.clock = clock;
        this.beatAt = clock.instant();
        throttle.beforeEachCall(this::beatIfDue);
    }

    /** The events that this run has stepped over. */
    long events() {
        return events.get();
    }

    /** The read units that this run has consumed. */
    double readUnits() {
        return throttle.pace().readUnits();
    }

    /** The write units that this run has consumed. */
    double writeUnits() {
        return throttle.pace().writeUnits();
    }

    @Override
    public void commit(Commit commit) {
        events.addAndGet(commit.events().size());
        lag.meets(commit, clock.instant());
    }

    @Override
    public void page(int commits) {
        scanned.addAndGet(commits);
        report();
    }

    /** Which generation is built; what earlier runs have done for it counts. */
    void building(int number, @Nullable RebuildStatus earlier) {
        generation = number;
        if (earlier != null && earlier.generation() == number) {
            before = earlier.work();
        }
    }

    /** Others build segments of the same generation, and each has its share of the ceilings. */
    void share(int number, int between) {
        generation = number;
        sharers = between;
        limit(lease.held().ceilings());
    }

    private void limit(CapacityCeilings ceilings) {
        throttle.limit(ceilings.share(sharers));
    }

    /**
     * A new activity begins.
     *
     * @param commits how many commits it passes; 0 if none, or if that is not known
     */
    void begin(String activity, long commits) {
        doing = activity;
        scanned.set(0);
        ofScanned = commits;
        pace = Pace.NONE;
        synchronized (this) {
            scannedAtBeat = 0;
        }
        report();
    }

    /**
     * How many commits a page of the event table should have, so that it costs what the ceiling grants each segment in a
     * second.
     *
     * @param unitsPerCommit what a commit has cost so far; 0 if that is not known
     */
    int pageItems(double unitsPerCommit, int segments, int most) {
        Integer ceiling = throttle.ceilings().readUnits();
        if (ceiling == null) {
            return most;
        }
        double units = Math.max(1, ceiling / (double) segments);
        return (int) Math.clamp(units / (unitsPerCommit == 0 ? 1 : unitsPerCommit), 1, most);
    }

    /** @throws Rebuild.Failed if another run has taken over */
    void report() {
        lease.mustHold();
        beatIfDue();
        RebuildStatus held = lease.held();
        plan.progress()
                .accept(new RebuildStatus(
                        held.run(),
                        held.by(),
                        held.since(),
                        clock.instant(),
                        held.state(),
                        generation,
                        held.segments(),
                        held.ceilings(),
                        work(),
                        pace,
                        null,
                        held.rev()));
    }

    private void beatIfDue() {
        if (lease.isDue()) {
            measure();
            limit(lease.beat(work(), pace, generation));
            // Behind the sign of life, because these reads wait for the ceiling as all others do.
            lagSeconds = lag.seconds(clock.instant());
        }
    }

    private Work work() {
        CapacityThrottle.Pace used = throttle.pace();
        return new Work(
                doing,
                scanned.get(),
                ofScanned,
                before.events() + events.get(),
                rounded(before.readUnits() + used.readUnits()),
                rounded(before.writeUnits() + used.writeUnits()));
    }

    private synchronized void measure() {
        Instant now = clock.instant();
        double seconds = Duration.between(beatAt, now).toNanos() / NANOS;
        if (seconds <= 0) {
            return;
        }
        CapacityThrottle.Pace used = throttle.pace();
        double passed = (scanned.get() - scannedAtBeat) / seconds;
        pace = new Pace(
                rounded((events.get() - eventsAtBeat) / seconds),
                rounded(used.readUnitsPerSecond()),
                rounded(used.writeUnitsPerSecond()),
                ofScanned == 0 || passed <= 0 ? null : (long) (Math.max(0, ofScanned - scanned.get()) / passed),
                lagSeconds,
                used.backedOffReads(),
                used.backedOffWrites());
        eventsAtBeat = events.get();
        scannedAtBeat = scanned.get();
        beatAt = now;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    /** The run ends. */
    void end(RebuildStatus.State state, @Nullable String failure) {
        lease.end(state, work(), pace, generation, failure);
    }
}
