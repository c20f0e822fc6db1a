package dev.storyline.local.feeds;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polls in a thread of its own until it is stopped: looks at once when it is woken, and goes on after trouble. */
abstract class PollingLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.pump");

    private final String name;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean woken;
    private volatile long wokenAt = System.nanoTime();

    PollingLoop(String name) {
        this.name = name;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Called at the end of a pump's construction. */
    final void begin() {
        thread.start();
    }

    /** Looks for work and does it; false where there was none. */
    abstract boolean poll();

    /** How long to wait where there was none. */
    abstract Duration idle();

    /** Forgets what may be the reason of the trouble. */
    void forget() {}

    final boolean isStopping() {
        return stopping;
    }

    final Duration sinceWoken() {
        return Duration.ofNanos(System.nanoTime() - wokenAt);
    }

    /** Says that there may be work. */
    public final void wake() {
        wokenAt = System.nanoTime();
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Asks it to stop after the batch in flight; {@link #close} waits for that. */
    public final void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Lets the batch in flight finish, 5 seconds at most. */
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

    /** Waits, unless it is stopped. */
    final void rest(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
