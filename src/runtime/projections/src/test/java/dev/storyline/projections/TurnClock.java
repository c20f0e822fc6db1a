package dev.storyline.projections;

import dev.storyline.common.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;

/**
 * The time of one or two threads, which moves only while one of them pauses. A thread that pauses hands the turn to the
 * other one, so that both go on in lockstep, in the same order in each run.
 */
final class TurnClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** How one of the two threads waits. */
    final class Turn implements Backoff {
        private final Semaphore mine = new Semaphore(0);
        private volatile Turn other = this;

        @Override
        public void pause(long longestNanos) {
            now = now.plusNanos(longestNanos);
            if (other != this) {
                other.mine.release();
                mine.acquireUninterruptibly();
            }
        }

        /** Takes turns with another thread, which waits for its first one. */
        void with(Turn second) {
            other = second;
            second.other = this;
        }

        void awaitFirst() {
            mine.acquireUninterruptibly();
        }

        /** Ends the turns: the other thread goes on alone. */
        void end() {
            Turn last = other;
            last.other = last;
            other = this;
            last.mine.release();
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
