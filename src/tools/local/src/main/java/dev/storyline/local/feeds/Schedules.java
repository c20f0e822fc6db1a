package dev.storyline.local.feeds;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Invokes functions at the rates of the schedules in the templates, one at a time. The last runs are stored: a daily
 * schedule runs daily on a machine that is switched off each night too.
 */
public final class Schedules implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.schedule");

    /** What is due at the start waits a little, so that the first requests are not slowed down. */
    private static final Duration AFTER_START = Duration.ofSeconds(15);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("schedules").factory());
    private final List<Deployment.Schedule> schedules;
    private final FunctionInvoker host;
    private final DeliveryStore store;
    private final LocalClock clock;
    private final Instant started;

    /**
     * Starts the schedules.
     *
     * @param longest the longest interval of a schedule, whatever its rate
     */
    public Schedules(
            List<Deployment.Schedule> schedules,
            FunctionInvoker host,
            DeliveryStore store,
            LocalClock clock,
            Duration longest) {
        this.schedules = schedules;
        this.host = host;
        this.store = store;
        this.clock = clock;
        this.started = clock.instant();
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        for (Deployment.Schedule schedule : schedules) {
            Duration rate = schedule.rate().compareTo(longest) < 0 ? schedule.rate() : longest;
            ScheduledFuture<?> _ = timer.scheduleWithFixedDelay(
                    () -> invoke(schedule), first(schedule, rate).toMillis(), rate.toMillis(), TimeUnit.MILLISECONDS);
        }
        clock.watch(() -> timer.execute(this::catchUp));
    }

    /** Runs once each schedule whose time has passed because the clock was moved. */
    private void catchUp() {
        for (Deployment.Schedule schedule : schedules) {
            Instant last = Objects.requireNonNullElse(store.lastRun(schedule.name()), started);
            if (!last.plus(schedule.rate()).isAfter(clock.instant())) {
                invoke(schedule);
            }
        }
    }

    private Duration first(Deployment.Schedule schedule, Duration rate) {
        Instant last = store.lastRun(schedule.name());
        if (last == null) {
            return rate;
        }
        Duration left = Duration.between(clock.instant(), last.plus(rate));
        Duration earliest = rate.compareTo(AFTER_START) < 0 ? rate : AFTER_START;
        return left.compareTo(earliest) < 0 ? earliest : left;
    }

    /**
     * Runs every schedule once, soon. The daily ones compare the heads of streams with the positions of views, which finds
     * what an unclean stop or a full disk may have left behind. After each run the store has as much time for others.
     */
    public void runAll() {
        ScheduledFuture<?> _ = timer.schedule(
                () -> schedules.forEach(this::invokeGently), AFTER_START.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void invokeGently(Deployment.Schedule schedule) {
        if (timer.isShutdown()) {
            return;
        }
        long begun = System.nanoTime();
        invoke(schedule);
        try {
            TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void invoke(Deployment.Schedule schedule) {
        try {
            host.invoke(schedule.function(), schedule.input());
            store.ran(schedule.name(), clock.instant());
        } catch (FunctionInvoker.FunctionFailed | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The schedule " + schedule.name() + " failed and goes on", e);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
