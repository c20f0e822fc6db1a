package dev.storyline.eventstore;

import dev.storyline.common.Backoff;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Keeps one long piece of work below ceilings of capacity, reads and writes apart, and gives way to live traffic: while
 * DynamoDB throttles its calls, the work goes at half the rate, and then faster again, slowly. All calls of clients from
 * {@link #on} count, from any thread. A call counts with the larger of what DynamoDB reports and what its rules compute
 * from the items, because DynamoDB Local reports transactions and empty reads wrongly.
 *
 * <p>In any time, the work consumes no more than the ceiling for each second, the ceiling of one second more, and what
 * the calls under way cost more than those before them.
 */
public final class CapacityThrottle {
    /** After such a pause, whoever waits looks again: the ceiling may have changed. */
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final Clock clock;
    private final Backoff backoff;
    private final CapacityBudget reads;
    private final CapacityBudget writes;
    private volatile CapacityCeilings ceilings;
    private volatile Runnable beforeEachCall = () -> {};

    /** A throttle for work that begins now. */
    public CapacityThrottle(Clock clock, Backoff backoff, CapacityCeilings ceilings) {
        this.clock = clock;
        this.backoff = backoff;
        this.ceilings = ceilings;
        this.reads = new CapacityBudget(ceilings.readUnits(), clock.instant());
        this.writes = new CapacityBudget(ceilings.writeUnits(), clock.instant());
    }

    /**
     * The pace of the work.
     *
     * @param readUnits the read units consumed so far
     * @param writeUnits the write units consumed so far
     * @param readUnitsPerSecond the read units consumed in a second, of late
     * @param writeUnitsPerSecond the write units consumed in a second, of late
     * @param backedOffReads the read units a second to which throttling has brought the work down; null if it has not
     * @param backedOffWrites the same for write units
     */
    public record Pace(
            double readUnits,
            double writeUnits,
            double readUnitsPerSecond,
            double writeUnitsPerSecond,
            @Nullable Double backedOffReads,
            @Nullable Double backedOffWrites) {}

    /** The pace so far. */
    public Pace pace() {
        return new Pace(
                reads.used(),
                writes.used(),
                reads.rate(clock.instant()),
                writes.rate(clock.instant()),
                reads.backedOff(),
                writes.backedOff());
    }

    /** The ceilings that hold now. */
    public CapacityCeilings ceilings() {
        return ceilings;
    }

    /** Changes the ceilings, also for calls that wait already. */
    public void limit(CapacityCeilings changed) {
        if (!changed.equals(ceilings)) {
            ceilings = changed;
            reads.limit(changed.readUnits());
            writes.limit(changed.writeUnits());
        }
    }

    /** Does something before each call, and from time to time while calls wait; it must be quick, and is called often. */
    public void beforeEachCall(Runnable something) {
        beforeEachCall = something;
    }

    /** A client whose calls are throttled and counted. It supports the calls that Storyline makes. */
    public DynamoDbClient on(DynamoDbClient dynamo) {
        return new ThrottledDynamoDb(dynamo, this);
    }

    CapacityBudget reads() {
        return reads;
    }

    CapacityBudget writes() {
        return writes;
    }

    /** Waits until the units are there, and reserves them. */
    void reserve(CapacityBudget budget, double units) {
        beforeEachCall.run();
        for (long wait = budget.reserve(units, clock.instant());
                wait > 0;
                wait = budget.reserve(units, clock.instant())) {
            backoff.pause(Math.min(wait, LONGEST_PAUSE_NANOS));
            beforeEachCall.run();
        }
    }

    void settle(CapacityBudget budget, double reserved, double cost) {
        budget.settle(reserved, cost, clock.instant());
    }

    void giveWay(CapacityBudget budget) {
        budget.giveWay(clock.instant());
    }
}
