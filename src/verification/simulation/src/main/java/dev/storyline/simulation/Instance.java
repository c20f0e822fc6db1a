package dev.storyline.simulation;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One instance of a function: an environment in which code can crash at any call. Each outside call begins with a
 * {@link #step}, in which other actors can run. After a crash, every step throws a {@link Crash}, so that even code
 * that catches everything has no further effect.
 */
final class Instance implements Backoff, ParallelTasks {
    /** The time at which all histories begin. */
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MOST_SECONDS_WRONG = 5;

    private final String name;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Random random;
    private final Duration skew;
    private EffectCalls.Invocation invocation = new EffectCalls.Invocation("", 0, 0);
    private boolean dead;

    Instance(String name, Scheduler scheduler, Faults faults, Random random) {
        this.name = name;
        this.scheduler = scheduler;
        this.faults = faults;
        this.random = random;
        this.skew = faults.strikes(Fault.SKEW)
                ? Duration.ofMillis(random.nextInt(2_000 * MOST_SECONDS_WRONG) - 1_000L * MOST_SECONDS_WRONG)
                : Duration.ZERO;
    }

    /** Thrown when an instance crashes. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("The instance is dead", null, false, false);
        }
    }

    String name() {
        return name;
    }

    boolean dead() {
        return dead;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Returns the invocation that runs here, or ran here last. */
    EffectCalls.Invocation invocation() {
        return invocation;
    }

    void begin(EffectCalls.Invocation next) {
        invocation = next;
    }

    /** Returns whether this fault strikes the running invocation. */
    boolean strikes(Fault fault) {
        boolean strikes = faults.strikes(fault);
        if (strikes) {
            invocation.troubled(scheduler.now());
        }
        return strikes;
    }

    /** Returns whether nobody answers for this table now. */
    boolean closed(String table) {
        boolean closed = faults.closed(table, scheduler.now());
        if (closed) {
            invocation.troubled(scheduler.now());
        }
        return closed;
    }

    /** Runs before each outside call: other actors may run first, or the instance may crash or take too long. */
    void step(String what) {
        alive();
        scheduler.note(name);
        scheduler.note(what);
        scheduler.travel();
        alive();
        if (strikes(Fault.CRASH_BEFORE) || scheduler.now() > invocation.until()) {
            die();
        }
    }

    /** Runs after each outside call: the instance may crash here. */
    void done() {
        if (strikes(Fault.CRASH_AFTER)) {
            die();
        }
    }

    private void die() {
        dead = true;
        invocation.troubled(scheduler.now());
        throw new Crash();
    }

    private void alive() {
        if (dead) {
            throw new Crash();
        }
    }

    @Override
    public void pause(long longestNanos) {
        alive();
        scheduler.pause(1 + (long) (random.nextDouble() * longestNanos));
        alive();
    }

    @Override
    public void runAll(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            tasks.getFirst().run();
            return;
        }
        List<Scheduler.Actor> actors = new ArrayList<>();
        Deadline deadline = Deadline.current();
        for (Runnable task : tasks) {
            actors.add(scheduler.spawn(name, () -> {
                try {
                    deadline.hold(task).run();
                } catch (Crash e) {
                    // The actor that waits for this task notices that the instance has crashed.
                }
            }));
        }
        scheduler.join(actors);
        alive();
    }

    /** Returns the clock of this instance, which may be wrong. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("There is no zone but UTC");
            }

            @Override
            public Instant instant() {
                return BEGINNING.plusNanos(scheduler.now()).plus(skew);
            }
        };
    }
}
