package dev.storyline.simulation;

import dev.storyline.common.Backoff;
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
 * Where code runs that may die at any call: one instance of a function. Whatever it does outside itself begins with a
 * {@link #step}, where others come in between; once it is dead, every step ends in a {@link Crash}, so that not even code
 * that catches everything gets anything done.
 */
final class Instance implements Backoff, ParallelTasks {
    /** When all histories begin. */
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MOST_SECONDS_WRONG = 5;

    private final String name;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Random random;
    private final Duration skew;
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

    /** The death of an instance. */
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

    Faults faults() {
        return faults;
    }

    /** Before something outside is done: others may come first, or death. */
    void step(String what) {
        alive();
        scheduler.note(name);
        scheduler.note(what);
        scheduler.travel();
        alive();
        if (faults.strikes(Fault.CRASH_BEFORE)) {
            die();
        }
    }

    /** After something outside was done: it may have been the last thing. */
    void done() {
        if (faults.strikes(Fault.CRASH_AFTER)) {
            die();
        }
    }

    private void die() {
        dead = true;
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
        for (Runnable task : tasks) {
            actors.add(scheduler.spawn(name, () -> {
                try {
                    task.run();
                } catch (Crash e) {
                    // Whoever waits for it finds the instance dead.
                }
            }));
        }
        scheduler.join(actors);
        alive();
    }

    /** The time as this instance knows it. */
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
