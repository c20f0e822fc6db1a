package dev.storyline.projections;

import dev.storyline.common.Backoff;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts what one run of a rebuild reads, reports it, and keeps it below the ceiling of read units. Thread-safe. */
final class RebuildMeter {
    private final Rebuild.Plan plan;
    private final Backoff backoff;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final DoubleAdder units = new DoubleAdder();
    private final long startedAt = System.nanoTime();

    RebuildMeter(Rebuild.Plan plan, Backoff backoff) {
        this.plan = plan;
        this.backoff = backoff;
    }

    long events() {
        return events.get();
    }

    double units() {
        return units.sum();
    }

    void countEvents(int more) {
        events.addAndGet(more);
    }

    void countCommits(int more) {
        commits.addAndGet(more);
    }

    /** Counts read units, and waits until all segments together are below the ceiling again. */
    void countUnits(double more) {
        units.add(more);
        if (plan.readUnits() > 0) {
            long due = startedAt + (long) (units.sum() / plan.readUnits() * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                backoff.pause(left);
            }
        }
    }

    void report(String doing, long ofCommits) {
        plan.progress()
                .accept(new Rebuild.Progress(
                        doing,
                        events.get(),
                        commits.get(),
                        ofCommits,
                        Duration.ofNanos(System.nanoTime() - startedAt)));
    }
}
