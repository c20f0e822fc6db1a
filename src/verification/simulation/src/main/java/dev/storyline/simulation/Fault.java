package dev.storyline.simulation;

/** What can go wrong. */
public enum Fault {
    /** A transport delivers something twice. */
    DUPLICATE(0.3),
    /** A transport changes the order. */
    REORDER(0.4),
    /** A transport takes its time. */
    DELAY(0.2),
    /** A change stream loses a record for good. */
    DROP(0.15),
    /** A transport cuts a batch. */
    SPLIT(0.5),
    /** Two instances get the same batch at the same time. */
    TWO_INVOKERS(0.3),
    /** An instance dies before a call. */
    CRASH_BEFORE(0.04),
    /** An instance dies after a call has taken effect. */
    CRASH_AFTER(0.04),
    /** A new instance is started although others are idle. */
    COLD_START(0.2),
    /** DynamoDB asks for patience. */
    THROTTLE(0.15),
    /** DynamoDB answers nobody at one table for a while. */
    OUTAGE(0.6),
    /** DynamoDB cancels a transaction because another one is at its items. */
    CONFLICT(0.15),
    /** A call does not arrive. */
    TIMEOUT_BEFORE(0.08),
    /** A call takes effect and its answer is lost. */
    TIMEOUT_AFTER(0.1),
    /** The answer of a write is lost and the SDK sends it again by itself. */
    SENT_AGAIN(0.1),
    /** A client never gets the answer of a request. */
    ANSWER_LOST(0.15),
    /** A client sends a request twice at the same time. */
    IMPATIENT_CLIENT(0.2),
    /** A bus does not take an event. */
    NOT_TAKEN(0.15),
    /** The clock of an instance is wrong. */
    SKEW(0.5),
    /** A view is rebuilt in the middle of it all. */
    REBUILD(0.3);

    private final double most;

    Fault(double most) {
        this.most = most;
    }

    /** How often it strikes at most, where it can. */
    double most() {
        return most;
    }
}
