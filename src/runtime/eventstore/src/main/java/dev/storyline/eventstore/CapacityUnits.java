package dev.storyline.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The capacity units of calls, by the rules of AWS's developer guide: what the items that are seen amount to. An item
 * that a write replaces, updates or deletes is not seen, nor what a read leaves out; what DynamoDB reports has those.
 */
public final class CapacityUnits {
    private CapacityUnits() {}

    /** The larger of what DynamoDB reports and what the rules compute. */
    static double larger(double computed, @Nullable ConsumedCapacity reported) {
        Double units = reported == null ? null : reported.capacityUnits();
        return units == null ? computed : Math.max(computed, units);
    }

    static double larger(double computed, List<ConsumedCapacity> reported) {
        double units = reported.stream()
                .map(ConsumedCapacity::capacityUnits)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
        return Math.max(computed, units);
    }

    /** A read of items together: a query, a scan, or one item, which may be missing. */
    static double read(Collection<Map<String, AttributeValue>> items, @Nullable Boolean consistent) {
        int bytes = items.stream().mapToInt(ItemSize::bytes).sum();
        return half(ItemSize.strongReadUnits(bytes), consistent);
    }

    private static double half(double strong, @Nullable Boolean consistent) {
        return Boolean.TRUE.equals(consistent) ? strong : strong / 2;
    }

    /** The items of a batch are billed one by one, and so are keys without an item. */
    static double read(BatchGetItemRequest request, BatchGetItemResponse response) {
        double units = 0;
        for (Map.Entry<String, KeysAndAttributes> asked : request.requestItems().entrySet()) {
            String table = asked.getKey();
            List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
            KeysAndAttributes open = response.unprocessedKeys().get(table);
            int missing = asked.getValue().keys().size()
                    - items.size()
                    - (open == null ? 0 : open.keys().size());
            double strong = Math.max(0, missing);
            for (Map<String, AttributeValue> item : items) {
                strong += ItemSize.strongReadUnits(ItemSize.bytes(item));
            }
            units += half(strong, asked.getValue().consistentRead());
        }
        return units;
    }

    /** The units of a batch of writes. */
    static double written(Collection<List<WriteRequest>> writes) {
        return writes.stream()
                .flatMap(List::stream)
                .mapToDouble(write ->
                        write.putRequest() == null ? 1 : put(write.putRequest().item()))
                .sum();
    }

    /** The units of a put of an item. */
    static double put(Map<String, AttributeValue> item) {
        return ItemSize.writeUnits(ItemSize.bytes(item));
    }

    /** The units of an update, from its key and the values that it writes. */
    static double update(Map<String, AttributeValue> key, Map<String, AttributeValue> values) {
        return ItemSize.writeUnits(ItemSize.bytes(key) + ItemSize.bytes(values));
    }

    /** The units of a transaction: each part costs twice what it costs alone, also if the transaction is cancelled. */
    public static double transaction(List<TransactWriteItem> parts) {
        return parts.stream().mapToDouble(part -> 2 * part(part)).sum();
    }

    private static double part(TransactWriteItem part) {
        if (part.put() != null) {
            return put(part.put().item());
        }
        Update update = part.update();
        return update == null ? 1 : update(update.key(), update.expressionAttributeValues());
    }
}
