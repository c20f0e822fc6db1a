package dev.storyline.local.feeds;

import dev.storyline.local.database.DiskSpace;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks once a second for what nothing else tells: messages from other processes, and room on a disk that was full. */
public final class Watch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.watch");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    private final DeliveryStore store;
    private final LocalQueues queues;
    private final DiskSpace disk;
    private final Schedules schedules;
    private final Deadlines deadlines;
    private long version;

    public Watch(DeliveryStore store, LocalQueues queues, DiskSpace disk, Schedules schedules, Deadlines deadlines) {
        this.store = store;
        this.queues = queues;
        this.disk = disk;
        this.schedules = schedules;
        this.deadlines = deadlines;
        this.version = store.version();
        ScheduledFuture<?> _ = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            long now = store.version();
            if (now != version) {
                version = now;
                queues.wakeAll();
                deadlines.wake();
            }
            if (disk.hasRecovered()) {
                schedules.runAll();
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.log(System.Logger.Level.WARNING, "A look at queues and disk failed; the next one is in a second", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
