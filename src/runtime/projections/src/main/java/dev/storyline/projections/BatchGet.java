package dev.storyline.projections;

import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.StoreFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many items of a view's table, a hundred for each round trip. */
final class BatchGet {
    /** How often a batch is sent again with the part that DynamoDB left out. */
    static final int MAX_REQUESTS = 20;

    private static final int MAX_KEYS = 100;

    private BatchGet() {}

    /** Gives each item that exists together with its key. */
    static void items(
            DynamoDbClient dynamo,
            String table,
            Collection<Map<String, AttributeValue>> keys,
            boolean consistent,
            BiConsumer<Map<String, AttributeValue>, Map<String, AttributeValue>> to) {
        List<Map<String, AttributeValue>> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += MAX_KEYS) {
            List<Map<String, AttributeValue>> some = all.subList(from, Math.min(all.size(), from + MAX_KEYS));
            Map<String, KeysAndAttributes> open = Map.of(
                    table,
                    KeysAndAttributes.builder()
                            .consistentRead(consistent)
                            .keys(some)
                            .build());
            for (int requests = 1; !open.isEmpty(); requests++) {
                if (requests > MAX_REQUESTS) {
                    throw new StoreFailure.Throttled(new IllegalStateException(
                            "DynamoDB left keys of a batch unread in " + MAX_REQUESTS + " requests"));
                }
                Map<String, KeysAndAttributes> left = open;
                var response = DynamoDbFailures.call(() -> dynamo.batchGetItem(request -> request.requestItems(left)));
                for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
                    to.accept(key(item), item);
                }
                open = response.hasUnprocessedKeys() ? response.unprocessedKeys() : Map.of();
            }
        }
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return Map.of(
                ViewTable.PARTITION, Objects.requireNonNull(item.get(ViewTable.PARTITION)),
                ViewTable.SORT, Objects.requireNonNull(item.get(ViewTable.SORT)));
    }
}
