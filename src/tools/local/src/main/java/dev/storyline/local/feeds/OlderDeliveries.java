package dev.storyline.local.feeds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Takes over the waiting messages and the positions of a data directory whose version kept them in DynamoDB tables. */
public final class OlderDeliveries {
    static final String POSITIONS = "storyline-local-checkpoints";
    static final String MESSAGES = "storyline-local-queues";

    private OlderDeliveries() {}

    /** Moves everything to the store and deletes the tables. After an interruption it goes on at the next start. */
    public static void takeOver(DynamoDbClient dynamo, DeliveryStore store) {
        List<String> tables = dynamo.listTablesPaginator().tableNames().stream().toList();
        if (!tables.contains(POSITIONS) && !tables.contains(MESSAGES)) {
            return;
        }
        store.takeOver(
                "dynamodb",
                tables.contains(MESSAGES) ? messages(dynamo) : List.of(),
                tables.contains(POSITIONS) ? positions(dynamo) : List.of());
        for (String table : List.of(MESSAGES, POSITIONS)) {
            if (tables.contains(table)) {
                dynamo.deleteTable(request -> request.tableName(table));
            }
        }
    }

    private static List<DeliveryStore.QueuedMessage> messages(DynamoDbClient dynamo) {
        return items(dynamo, MESSAGES).stream()
                .map(item -> new DeliveryStore.QueuedMessage(
                        text(item, "queue"),
                        new DeliveryStore.Message(
                                text(item, "message"),
                                text(item, "body"),
                                Integer.parseInt(Objects.requireNonNull(item.get("receives"))
                                        .n())),
                        Instant.parse(text(item, "visibleAt"))))
                .toList();
    }

    private static List<DeliveryStore.Position> positions(DynamoDbClient dynamo) {
        return items(dynamo, POSITIONS).stream()
                .map(item ->
                        new DeliveryStore.Position(text(item, "feed"), text(item, "shard"), text(item, "sequence")))
                .toList();
    }

    private static List<Map<String, AttributeValue>> items(DynamoDbClient dynamo, String table) {
        return dynamo.scanPaginator(request -> request.tableName(table)).items().stream()
                .sorted((one, other) -> text(one, sortKey(table)).compareTo(text(other, sortKey(table))))
                .toList();
    }

    private static String sortKey(String table) {
        return table.equals(MESSAGES) ? "message" : "shard";
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name)).s();
    }
}
