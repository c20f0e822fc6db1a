package dev.storyline.local.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.database.LocalDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The data directory of a version that kept messages and positions in DynamoDB tables. */
class OlderDeliveriesTest {
    @Test
    void waiting_messages_and_positions_are_taken_over_once() {
        try (LocalDatabase database = LocalDatabase.open(null);
                DeliveryStore store = DeliveryStore.open(null)) {
            older(database.client());

            OlderDeliveries.takeOver(database.client(), store);

            assertThat(store.bodies("queue")).containsExactly("first", "second");
            assertThat(store.receive("queue", 10))
                    .containsExactly(new DeliveryStore.Message("2026-01-01T00:00:00Z#1#1", "first", 2));
            assertThat(store.positions())
                    .containsExactly(new DeliveryStore.Position("feed", "shard", "000000000000000000007"));
            assertThat(database.client().listTables().tableNames()).isEmpty();

            // As after a kill between the two steps: the tables are there again, and the store has gone on.
            store.remove(store.receive("queue", 10));
            store.position("feed", "shard", "000000000000000000009");
            older(database.client());
            OlderDeliveries.takeOver(database.client(), store);

            assertThat(store.bodies("queue")).containsExactly("second");
            assertThat(store.position("feed", "shard")).isEqualTo("000000000000000000009");
            assertThat(database.client().listTables().tableNames()).isEmpty();
        }
    }

    private static void older(DynamoDbClient dynamo) {
        create(dynamo, OlderDeliveries.MESSAGES, "queue", "message");
        create(dynamo, OlderDeliveries.POSITIONS, "feed", "shard");
        message(dynamo, "2026-01-01T00:00:00Z#1#2", "second", 0, Instant.now().plusSeconds(3_600));
        message(dynamo, "2026-01-01T00:00:00Z#1#1", "first", 2, Instant.now().minusSeconds(1));
        dynamo.putItem(request -> request.tableName(OlderDeliveries.POSITIONS)
                .item(Map.of(
                        "feed", AttributeValue.fromS("feed"),
                        "shard", AttributeValue.fromS("shard"),
                        "sequence", AttributeValue.fromS("000000000000000000007"))));
    }

    private static void message(DynamoDbClient dynamo, String id, String body, int receives, Instant visibleAt) {
        dynamo.putItem(request -> request.tableName(OlderDeliveries.MESSAGES)
                .item(Map.of(
                        "queue", AttributeValue.fromS("queue"),
                        "message", AttributeValue.fromS(id),
                        "body", AttributeValue.fromS(body),
                        "receives", AttributeValue.fromN(Integer.toString(receives)),
                        "visibleAt", AttributeValue.fromS(visibleAt.toString()))));
    }

    private static void create(DynamoDbClient dynamo, String table, String hash, String range) {
        dynamo.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(hash, range).stream()
                        .map(name -> AttributeDefinition.builder()
                                .attributeName(name)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .keySchema(
                        key -> key.attributeName(hash).keyType(KeyType.HASH),
                        key -> key.attributeName(range).keyType(KeyType.RANGE)));
    }
}
