package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.projections.RebuildStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time rebuild a view: its row says who rebuilds, and a sign of life in it moves while that one lives.
 * A run that finds the row taken watches it. If the sign of life moves, the run is refused; if it stands still for {@link
 * #DEAD_BEATS} beats, the other run is dead and is continued. The watcher measures with its own clock, so clocks that
 * differ do no harm.
 *
 * <p>Two runs at once, where one was only slow, would do no harm either: every write of a rebuild is conditional. They
 * would only do the same work twice.
 */
final class RebuildLease {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int DEAD_BEATS = 5;
    private static final int MAX_TRIES = 8;

    /** No clock is as wrong as this: a sign of life that is so old is not watched. */
    private static final Duration LONG_AGO = Duration.ofMinutes(5);

    private final ViewTable table;
    private final RebuildPlan plan;
    private final Clock clock;
    private final Backoff backoff;
    private volatile @Nullable RebuildStatus held;
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile boolean lost;

    /** What a run that shares the row has added to its work; null where a run has the row for itself. */
    private volatile RebuildStatus.@Nullable Work shared;

    private volatile Instant due = Instant.MIN;

    RebuildLease(ViewTable table, RebuildPlan plan, Clock clock, Backoff backoff) {
        this.table = table;
        this.plan = plan;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** What the row says, as this run has written it last. */
    RebuildStatus held() {
        return Objects.requireNonNull(held, "the row of a run that has begun");
    }

    /**
     * Takes the row for this run.
     *
     * @return the row as another run has left it; null if there was none
     * @throws Rebuild.Failed if another run is alive
     */
    @Nullable
    RebuildStatus take() {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            RebuildStatus before = table.rebuildStatus();
            if (before != null && before.isRunning()) {
                before = watched(before);
            }
            long rev = before == null ? 0 : before.rev();
            Instant now = clock.instant();
            RebuildStatus next = new RebuildStatus(
                    rev + 1,
                    plan.by(),
                    before == null || before.state() == State.DONE ? now : before.since(),
                    now,
                    State.RUNNING,
                    before == null ? 0 : before.generation(),
                    plan.segments(),
                    plan.goesOn() && before != null ? before.ceilings() : plan.ceilings(),
                    RebuildStatus.Work.NONE,
                    RebuildStatus.Pace.NONE,
                    null,
                    rev);
            if (table.write(next)) {
                held = next.written();
                due = now.plus(plan.beat());
                return before;
            }
            backoff.pause(plan.beat().toNanos());
        }
        throw new Rebuild.Failed("Others begin a rebuild of the view in the same moment; run it again.");
    }

    /** The row when the run that it names has ended or is dead. */
    private RebuildStatus watched(RebuildStatus taken) {
        Instant from = clock.instant();
        if (taken.at().plus(LONG_AGO).isBefore(from)) {
            return taken;
        }
        Instant dead = from.plus(plan.beat().multipliedBy(DEAD_BEATS));
        while (clock.instant().isBefore(dead)) {
            if (Deadline.current().isNear()) {
                throw underWay(taken);
            }
            backoff.pause(plan.beat().toNanos());
            RebuildStatus now = table.rebuildStatus();
            if (now == null || !now.isRunning()) {
                return now == null ? taken : now;
            }
            if (now.run() != taken.run() || !now.at().equals(taken.at())) {
                throw underWay(now);
            }
        }
        return Objects.requireNonNullElse(table.rebuildStatus(), taken);
    }

    private static Rebuild.Failed underWay(RebuildStatus other) {
        return new Rebuild.Failed("A rebuild of this view is under way: " + other.by() + " began it at " + other.since()
                + ", and its last sign of life is of " + other.at()
                + ". Wait for it to end; its status shows how far it is, and its ceilings can be changed meanwhile.");
    }

    /**
     * Shares the row with others that build segments of the same generation.
     *
     * @throws Rebuild.Failed if no rebuild was begun
     */
    void join() {
        RebuildStatus begun = table.rebuildStatus();
        if (begun == null || (!begun.isRunning() && begun.state() != State.PAUSED)) {
            throw new Rebuild.Failed("No rebuild of this view was begun: there is no segment to build.");
        }
        held = begun;
        shared = RebuildStatus.Work.NONE;
    }

    /** Whether it is time to write the row. Only one of the threads of this run is told so. */
    synchronized boolean isDue() {
        Instant now = clock.instant();
        if (lost || held == null || now.isBefore(due)) {
            return false;
        }
        due = now.plus(plan.beat());
        return true;
    }

    /**
     * Writes the row, and reads what an operator has changed in it.
     *
     * @return the ceilings that hold now
     */
    CapacityCeilings beat(RebuildStatus.Work work, RebuildStatus.Pace pace, int generation) {
        // No lock is held during a call: a thread that waits for it could not go on meanwhile.
        if (!writing.compareAndSet(false, true)) {
            return held().ceilings();
        }
        try {
            return put(State.RUNNING, work, pace, generation, null);
        } finally {
            writing.set(false);
        }
    }

    private CapacityCeilings put(
            State state, RebuildStatus.Work work, RebuildStatus.Pace pace, int generation, @Nullable String failure) {
        RebuildStatus mine = held();
        try {
            for (int tries = 1; !lost && tries <= MAX_TRIES; tries++) {
                RebuildStatus stored = table.rebuildStatus();
                if (stored == null || stored.run() != mine.run()) {
                    lost = true;
                    break;
                }
                RebuildStatus next = new RebuildStatus(
                        mine.run(),
                        mine.by(),
                        mine.since(),
                        clock.instant(),
                        state,
                        generation,
                        mine.segments(),
                        stored.ceilings(),
                        shared == null ? work : stored.work().plus(work.minus(shared)),
                        pace,
                        failure,
                        stored.rev());
                if (table.write(next)) {
                    held = next.written();
                    shared = shared == null ? null : work;
                    return next.ceilings();
                }
            }
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
            LOG.log(System.Logger.Level.DEBUG, "The status of the rebuild is written later", e);
        }
        return mine.ceilings();
    }

    /** @throws Rebuild.Failed if another run has continued this one, because it seemed dead */
    void mustHold() {
        if (lost) {
            throw new Rebuild.Failed("Another rebuild of this view has taken over from this one, which gave no sign of"
                    + " life for too long. It goes on; wait for it.");
        }
    }

    /** The run ends: the row is free for the next one, also where the thread of this one is interrupted. */
    void end(State state, RebuildStatus.Work work, RebuildStatus.Pace pace, int generation, @Nullable String failure) {
        boolean interrupted = Thread.interrupted();
        try {
            put(state, work, pace, generation, failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Changes the ceilings of the rebuild under way. It hears of them within a beat.
     *
     * @throws Rebuild.Failed if none is under way
     */
    static RebuildStatus limit(ViewTable table, UnaryOperator<CapacityCeilings> change) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            RebuildStatus now = table.rebuildStatus();
            if (now == null || (!now.isRunning() && now.state() != State.PAUSED)) {
                throw new Rebuild.Failed("No rebuild of this view is under way: there is no ceiling to change.");
            }
            RebuildStatus next = now.limited(change.apply(now.ceilings()));
            if (table.write(next)) {
                return next.written();
            }
        }
        throw new Rebuild.Failed("The rebuild wrote its status in each of " + MAX_TRIES + " tries; try again.");
    }
}
