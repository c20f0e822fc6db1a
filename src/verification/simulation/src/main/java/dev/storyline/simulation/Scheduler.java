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
 * Runs many actors, exactly one at a time, in an order that follows from a seed alone. Each actor is a thread, so that it
 * can run real code; but it goes on only while it holds the baton, and gives it away wherever it waits. Time is simulated:
 * it jumps to the moment at which the next actor wakes up.
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
     * A scheduler without actors.
     *
     * @param mostSteps how often somebody may go on before the whole counts as endless
     */
    public Scheduler(Random random, long mostSteps) {
        this.random = random;
        this.mostSteps = mostSteps;
    }

    /** Unwinds an actor when all is over. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("The simulation is over", null, false, false);
        }
    }

    /** Somebody who acts. */
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
                // All is over.
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

    /** Adds an actor, who begins in a moment. */
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
     * Lets this actor direct all others, and returns when he is done; whoever still acts then is stopped.
     *
     * @throws IllegalStateException if an actor fails, if everybody waits for somebody else, or if it never ends
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

    /** The simulated time since the beginning, in nanoseconds. */
    public long now() {
        return now;
    }

    /** How often somebody went on. */
    public long steps() {
        return steps;
    }

    /** Sums up everything that happened, and when: the same for the same seed. */
    public long trace() {
        return trace;
    }

    /** Makes something part of the trace. */
    void note(String what) {
        trace = trace * 31 + what.hashCode();
    }

    /** The present actor waits this long, while others go on. */
    public void pause(long nanos) {
        Actor me = me();
        enqueue(me, now + Math.max(1, nanos));
        passOn(me);
    }

    /** The present actor waits. */
    public void pause(Duration time) {
        pause(time.toNanos());
    }

    /** The present actor waits as long as a call over a network takes: mostly little, sometimes long. */
    void travel() {
        int kind = random.nextInt(100);
        long micros = kind < 80
                ? 200 + random.nextInt(3_000)
                : kind < 97 ? 3_000 + random.nextInt(40_000) : 40_000 + random.nextInt(900_000);
        pause(micros * 1_000);
    }

    /** The present actor waits until somebody wakes him. */
    void rest() {
        Actor me = me();
        me.resting = true;
        passOn(me);
    }

    /** Lets a resting actor go on; does nothing to another. */
    void wake(Actor actor) {
        if (actor.resting) {
            actor.resting = false;
            enqueue(actor, now + 1 + random.nextInt(1_000_000));
        }
    }

    /** The present actor waits until these are done. */
    void join(List<Actor> others) {
        Actor me = me();
        for (Actor other : others) {
            while (!other.done) {
                other.joining = me;
                rest();
            }
        }
    }

    /** The present actor. */
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

    /** Somebody who has begun and not ended: he is told that all is over. The present one goes first. */
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
