package dev.storyline.local.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Lets a number of calls run at once. The others wait in the order in which they came, for a bounded time. Who comes late
 * never overtakes.
 */
final class FairQueue {
    private final IntSupplier atOnce;
    private final Semaphore room;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private int running;

    /** There is no place: too many wait, or the wait was too long. */
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message, null, false, false);
        }
    }

    /** A call that needs a place. */
    @FunctionalInterface
    interface Call<T> {
        T run();
    }

    /**
     * A queue.
     *
     * @param atOnce how many calls may run at once; it is asked again and again and may change. At least one runs.
     * @param room a permit for each caller that may wait; queues may share it
     * @param longest how long a caller waits at most
     */
    FairQueue(IntSupplier atOnce, Semaphore room, Duration longest) {
        this.atOnce = atOnce;
        this.room = room;
        this.longest = longest;
    }

    /**
     * Runs a call as soon as it is its turn.
     *
     * @throws Busy if there is no room to wait, or the wait was too long; the call did not run
     */
    <T> T run(Call<T> call) throws Busy {
        enter();
        try {
            return call.run();
        } finally {
            leave();
        }
    }

    /** How many callers wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void enter() throws Busy {
        lock.lock();
        try {
            if (waiting.isEmpty() && hasPlace()) {
                running++;
            } else if (room.tryAcquire()) {
                await();
            } else {
                throw new Busy("Too many requests wait.");
            }
        } finally {
            lock.unlock();
        }
    }

    private void await() throws Busy {
        Condition turn = lock.newCondition();
        waiting.addLast(turn);
        try {
            long left = longest.toNanos();
            while (!turn.equals(waiting.getFirst()) || !hasPlace()) {
                if (left <= 0) {
                    throw new Busy("The request waited " + longest.toSeconds() + " seconds.");
                }
                left = turn.awaitNanos(left);
            }
            running++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy("The gateway ends.");
        } finally {
            waiting.remove(turn);
            room.release();
            callNext();
        }
    }

    private void leave() {
        lock.lock();
        try {
            running--;
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasPlace() {
        return running < Math.max(1, atOnce.getAsInt());
    }

    private void callNext() {
        Condition next = waiting.peekFirst();
        if (next != null) {
            next.signal();
        }
    }
}
