package dev.storyline.local.feeds;

import dev.storyline.local.database.DiskSpace;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polls in its own thread until it is stopped. A wake-up ends the pause between two polls; exceptions do not end it. */
abstract class PollingLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.polling");

    /** The pause of a loop that has nothing to do until it is woken. */
    static final Duration UNTIL_WOKEN = Duration.ofDays(1);

    private static final Duration FULL = Duration.ofSeconds(1);

    private final String name;
    private final DiskSpace disk;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean woken;

    PollingLoop(String name, DiskSpace disk) {
        this.name = name;
        this.disk = disk;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Starts the thread; subclasses call it at the end of their constructors. */
    final void begin() {
        thread.start();
    }

    /** Looks for work and does it; false if there was none. */
    abstract boolean poll();

    /** The pause after a poll without work. */
    abstract Duration idle();

    /** Drops cached state that may have caused an exception. */
    void forget() {}

    final boolean isStopping() {
        return stopping;
    }

    /** Waits while the disk is full: a try would fail and count as a retry. */
    final void awaitRoom() {
        while (disk.isFull() && !stopping) {
            rest(FULL);
        }
    }

    /** Polls at once, since there may be work. */
    public final void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Asks the thread to stop after the batch in flight; {@link #close} waits for it. */
    public final void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Stops and waits for the batch in flight, 5 seconds at most. */
    @Override
    public final void close() {
        stop();
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                awaitRoom();
                woken = false;
                if (!poll() && !woken && !stopping) {
                    LockSupport.parkNanos(idle().toNanos());
                }
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.log(System.Logger.Level.WARNING, "The " + name + " was interrupted and goes on", e);
                    forget();
                    rest(Duration.ofSeconds(1));
                }
            }
        }
    }

    /** Waits; a stop ends the wait. */
    final void rest(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
