package dev.storyline.simulation;

/** The kinds of faults that a simulation can inject. */
public enum Fault {
    /** A transport delivers a record or message twice. */
    DUPLICATE(0.3),
    /** A transport changes the order. */
    REORDER(0.4),
    /** A transport delivers late. */
    DELAY(0.2),
    /** A change stream loses a record permanently. */
    DROP(0.15),
    /** A transport splits a batch. */
    SPLIT(0.5),
    /** Two instances get the same batch at the same time. */
    TWO_INVOKERS(0.3),
    /** An instance crashes before a call. */
    CRASH_BEFORE(0.04),
    /** An instance crashes after a call has taken effect. */
    CRASH_AFTER(0.04),
    /** An invocation has a few seconds at most. It is killed where it does not end by itself. */
    TIME_OUT(0.1),
    /** A new instance is started although others are idle. */
    COLD_START(0.2),
    /** DynamoDB throttles a call. */
    THROTTLE(0.15),
    /** DynamoDB answers no calls to one table for a while. */
    OUTAGE(0.6),
    /** DynamoDB cancels a transaction because another transaction is using its items. */
    CONFLICT(0.15),
    /** A call does not arrive. */
    TIMEOUT_BEFORE(0.08),
    /** A call takes effect, but its answer is lost. */
    TIMEOUT_AFTER(0.1),
    /** The answer to a write is lost, and the SDK repeats the write on its own. */
    SENT_AGAIN(0.1),
    /** A client never gets the answer to a request. */
    ANSWER_LOST(0.15),
    /** A client sends a request twice at the same time. */
    IMPATIENT_CLIENT(0.2),
    /** An event bus does not accept an event. */
    NOT_TAKEN(0.15),
    /** The clock of an instance is wrong. */
    SKEW(0.5),
    /** A view is rebuilt while the system is running. */
    REBUILD(0.3);

    private final double most;

    Fault(double most) {
        this.most = most;
    }

    /** Returns the highest probability of the fault at each point where it can occur. */
    double most() {
        return most;
    }
}
