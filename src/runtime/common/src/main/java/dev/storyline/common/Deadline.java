package dev.storyline.common;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The end of the running invocation. Code that works through many things asks {@link #isNear} before it begins the next
 * one; then it saves what it has done and reports the rest as not done. Whoever invokes a function sets the deadline;
 * {@link ParallelTasks} hands it on. Without an invocation there is no deadline.
 */
public final class Deadline {
    /** Enough for one call of another system, which may take 18 seconds, and for saving the position. */
    private static final Duration SPARE = Duration.ofSeconds(20);

    private static final Duration ENDLESS = Duration.ofDays(365);
    private static final Deadline NONE = new Deadline(() -> ENDLESS, Duration.ZERO);
    private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    /** Of the whole process, where that handles one event at a time and nobody stands around the handling. */
    private static volatile Deadline ofProcess = NONE;

    private final Supplier<Duration> left;
    private final Duration spare;

    private Deadline(Supplier<Duration> left, Duration spare) {
        this.left = left;
        this.spare = spare;
    }

    /**
     * The deadline of an invocation that begins now.
     *
     * @param left gives the time that is left, whenever it is asked
     */
    public static Deadline of(Supplier<Duration> left) {
        Duration half = left.get().dividedBy(2);
        return new Deadline(left, half.compareTo(SPARE) < 0 ? half : SPARE);
    }

    /** The deadline of the invocation that runs in this thread, else that of the process. */
    public static Deadline current() {
        return CURRENT.orElse(ofProcess);
    }

    /** Sets the deadline of a process that handles one event at a time, until the next event comes. */
    public static void begin(Deadline deadline) {
        ofProcess = deadline;
    }

    /** Whether nothing new should begin: 20 seconds are left, or half of the time if that is less. */
    public boolean isNear() {
        return left.get().compareTo(spare) < 0;
    }

    /** Does some work under this deadline. */
    public <R, X extends Throwable> R during(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** The same task under this deadline, for another thread. */
    public Runnable hold(Runnable task) {
        return () -> ScopedValue.where(CURRENT, this).run(task);
    }
}
