package dev.storyline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs many actors, exactly one at a time, in an order that depends only on a seed. Each actor is a thread, so that it
 * can run real code. An actor runs only while it holds the baton, and passes the baton on wherever it waits. Time is
 * simulated: it jumps to the moment at which the next actor wakes up.
 */
public final class Scheduler {
    private final Random random;
    private final long mostSteps;
    private final PriorityQueue<Actor> waiting = new PriorityQueue<>();
    private final List<Actor> actors = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Actor current;
    private volatile boolean stopping;
    private @Nullable Throwable failure;
    private long now;
    private long steps;
    private long order;
    private long trace = 17;

    /**
     * Creates a scheduler without actors.
     *
     * @param mostSteps the number of steps after which the run counts as endless
     */
    public Scheduler(Random random, long mostSteps) {
        this.random = random;
        this.mostSteps = mostSteps;
    }

    /** Unwinds an actor when the run is over. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("The simulation is over", null, false, false);
        }
    }

    /** One actor of the simulation. */
    public final class Actor implements Comparable<Actor> {
        private final int number;
        private final Runnable body;
        private final Thread thread;
        private boolean started;
        private boolean done;
        private boolean resting;
        private long wakesAt;
        private long place;
        private @Nullable Actor joining;

        private Actor(int number, String name, Runnable body) {
            this.number = number;
            this.body = body;
            this.thread = Thread.ofVirtual().name(name).unstarted(this::act);
        }

        private void act() {
            try {
                body.run();
            } catch (Stopped e) {
                // The run is over.
            } catch (RuntimeException | Error e) {
                failure = failure == null ? e : failure;
                stopping = true;
            } finally {
                done = true;
                if (joining != null) {
                    wake(joining);
                }
                passOn(null);
            }
        }

        @Override
        public int compareTo(Actor other) {
            return wakesAt == other.wakesAt ? Long.compare(place, other.place) : Long.compare(wakesAt, other.wakesAt);
        }
    }

    /** Adds an actor, which begins shortly afterwards. */
    public Actor spawn(String name, Runnable body) {
        Actor actor = new Actor(actors.size(), name, body);
        actors.add(actor);
        enqueue(actor, now + 1 + random.nextInt(2_000_000));
        return actor;
    }

    private void enqueue(Actor actor, long at) {
        actor.wakesAt = at;
        actor.place = order++;
        waiting.add(actor);
    }

    /**
     * Lets this actor direct all others, and returns when the director is done. Actors that are still running then are
     * stopped.
     *
     * @throws IllegalStateException if an actor fails, if all actors wait for each other, or if the run never ends
     */
    public void run(Runnable director) {
        spawn("director", () -> {
            director.run();
            stopping = true;
        });
        passOn(null);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        if (failure != null) {
            throw new IllegalStateException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Returns the simulated time since the beginning, in nanoseconds. */
    public long now() {
        return now;
    }

    /** Returns how many steps all actors have taken. */
    public long steps() {
        return steps;
    }

    /** Returns a checksum of all steps and their times, which is the same for the same seed. */
    public long trace() {
        return trace;
    }

    /** Adds a text to the trace. */
    void note(String what) {
        trace = trace * 31 + what.hashCode();
    }

    /** Makes the current actor wait for this time, while others run. */
    public void pause(long nanos) {
        Actor me = me();
        enqueue(me, now + Math.max(1, nanos));
        passOn(me);
    }

    /** Makes the current actor wait for this time. */
    public void pause(Duration time) {
        pause(time.toNanos());
    }

    /** Makes the current actor wait as long as a network call takes: usually a short time, sometimes a long one. */
    void travel() {
        int kind = random.nextInt(100);
        long micros = kind < 80
                ? 200 + random.nextInt(3_000)
                : kind < 97 ? 3_000 + random.nextInt(40_000) : 40_000 + random.nextInt(900_000);
        pause(micros * 1_000);
    }

    /** Makes the current actor wait until another actor wakes it. */
    void rest() {
        Actor me = me();
        me.resting = true;
        passOn(me);
    }

    /** Wakes a resting actor; does nothing if the actor is not resting. */
    void wake(Actor actor) {
        if (actor.resting) {
            actor.resting = false;
            enqueue(actor, now + 1 + random.nextInt(1_000_000));
        }
    }

    /** Makes the current actor wait until these actors are done. */
    void join(List<Actor> others) {
        Actor me = me();
        for (Actor other : others) {
            while (!other.done) {
                other.joining = me;
                rest();
            }
        }
    }

    /** Returns the current actor. */
    Actor me() {
        return Objects.requireNonNull(current, "Nobody acts");
    }

    private void passOn(@Nullable Actor me) {
        Actor next = stopping ? unstopped(me) : next();
        if (next != null && next != me) {
            hand(next);
        } else if (next == null) {
            current = null;
            over.countDown();
        }
        if (me == null) {
            return;
        }
        while (current != me) {
            LockSupport.park(this);
        }
        if (stopping) {
            throw new Stopped();
        }
    }

    private void hand(Actor next) {
        boolean begins = !next.started;
        next.started = true;
        current = next;
        if (begins) {
            next.thread.start();
        } else {
            LockSupport.unpark(next.thread);
        }
    }

    private @Nullable Actor next() {
        Actor next = waiting.poll();
        if (next == null || ++steps > mostSteps) {
            failure = failure == null
                    ? new IllegalStateException(
                            next == null ? "Everybody waits for somebody else" : "It does not end: " + steps + " steps")
                    : failure;
            stopping = true;
            return unstopped(null);
        }
        now = Math.max(now, next.wakesAt);
        trace = (trace * 31 + next.number) * 31 + now;
        return next;
    }

    /** Returns an actor that has started and not ended, so that it can be stopped. The current actor is first. */
    private @Nullable Actor unstopped(@Nullable Actor me) {
        if (me != null && !me.done) {
            return me;
        }
        for (Actor actor : actors) {
            if (actor.started && !actor.done) {
                return actor;
            }
        }
        return null;
    }
}
