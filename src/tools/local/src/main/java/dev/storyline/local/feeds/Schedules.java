package dev.storyline.local.feeds;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.lambda.FunctionInvoker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Invokes functions at the rates of the schedules in the templates, one at a time. */
public final class Schedules implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.schedule");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedules").factory());
    private final List<ScheduledFuture<?>> running = new ArrayList<>();

    /**
     * Starts the schedules.
     *
     * @param longest the longest interval of a schedule, whatever its rate
     */
    public Schedules(
            List<Deployment.Schedule> schedules, FunctionInvoker host, Consumer<String> written, Duration longest) {
        for (Deployment.Schedule schedule : schedules) {
            long millis = Math.min(schedule.rate().toMillis(), longest.toMillis());
            running.add(timer.scheduleWithFixedDelay(
                    () -> invoke(schedule, host, written), millis, millis, TimeUnit.MILLISECONDS));
        }
    }

    private static void invoke(Deployment.Schedule schedule, FunctionInvoker host, Consumer<String> written) {
        try {
            host.invoke(schedule.function(), schedule.input());
            written.accept(schedule.function());
        } catch (FunctionInvoker.FunctionFailed | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The schedule " + schedule.name() + " failed and goes on", e);
        }
    }

    @Override
    public void close() {
        running.forEach(one -> one.cancel(false));
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
