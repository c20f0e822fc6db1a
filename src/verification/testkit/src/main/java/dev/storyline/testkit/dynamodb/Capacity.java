package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.unsupported;

import dev.storyline.eventstore.ItemSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** The capacity that a call consumed, in the form in which a response reports it. */
final class Capacity {
    private Capacity() {}

    /** Returns the read units for this number of bytes; an eventually consistent read costs half of them. */
    static double readUnits(int bytes, @Nullable Boolean consistent) {
        int strong = ItemSize.strongReadUnits(bytes);
        return Boolean.TRUE.equals(consistent) ? strong : strong / 2.0;
    }

    /** Returns the units of one table; null if the request does not ask for them. */
    static @Nullable ConsumedCapacity of(@Nullable ReturnConsumedCapacity wanted, Table table, double units) {
        if (wanted == null || wanted == ReturnConsumedCapacity.NONE) {
            return null;
        }
        if (wanted != ReturnConsumedCapacity.TOTAL) {
            throw unsupported("ReturnConsumedCapacity = " + wanted);
        }
        return ConsumedCapacity.builder()
                .tableName(table.name())
                .capacityUnits(units)
                .build();
    }

    /** Returns the units of several tables; null if the request does not ask for them. */
    static @Nullable List<ConsumedCapacity> of(
            @Nullable ReturnConsumedCapacity wanted, Map<Table, ? extends Number> units) {
        List<ConsumedCapacity> capacities = new ArrayList<>();
        for (Map.Entry<Table, ? extends Number> entry : units.entrySet()) {
            ConsumedCapacity capacity =
                    of(wanted, entry.getKey(), entry.getValue().doubleValue());
            if (capacity != null) {
                capacities.add(capacity);
            }
        }
        return capacities.isEmpty() ? null : capacities;
    }
}
