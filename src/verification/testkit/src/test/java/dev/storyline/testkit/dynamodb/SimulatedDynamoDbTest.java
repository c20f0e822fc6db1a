package dev.storyline.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.EventStore.AppendResult;
import dev.storyline.eventstore.EventStore.Unmoved;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class SimulatedDynamoDbTest extends DynamoDbContract {
    private final SimulatedDynamoDb dynamo = (SimulatedDynamoDb) client();

    SimulatedDynamoDbTest() {
        super(new SimulatedDynamoDbContractTest.Simulated());
    }

    @Test
    void what_it_does_not_know_it_says_so() {
        String table = streamTable();
        Map<String, AttributeValue> item = item("a", 1, "x", s("1"));

        assertThatThrownBy(() -> dynamo.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression("begins_with(#x, :v)")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", s("1")))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("begins_with(#x, :v)");
        assertThatThrownBy(() -> dynamo.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression("attribute_exists(#x) OR attribute_not_exists(#x)")
                        .expressionAttributeNames(Map.of("#x", "x"))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(" OR ");
        assertThatThrownBy(() -> dynamo.updateItem(update -> update.tableName(table)
                        .key(key("a", 1))
                        .updateExpression("SET #x = #x + :v")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", n(1)))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("#x + :v");
        assertThatThrownBy(() -> dynamo.scan(scan -> scan.tableName(table).filterExpression("attribute_exists(pk)")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("FilterExpression");
        assertThatThrownBy(() ->
                        dynamo.putItem(put -> put.tableName(table).item(item).returnValues(ReturnValue.ALL_OLD)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ALL_OLD");
        assertThatThrownBy(() -> dynamo.transactWriteItems(
                        request -> request.clientRequestToken("once").transactItems(putPart(table, item))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ClientRequestToken");
        assertThatThrownBy(() -> dynamo.putItem(
                        put -> put.tableName(table).item(item("a", 1, "x", AttributeValue.fromSs(List.of("1"))))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("set");
        assertThatThrownBy(() -> dynamo.listTables()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(dynamo.changes(table, 0)).isEmpty();
    }

    @Test
    void changes_are_read_on_from_any_of_them() {
        String table = streamTable();
        for (int i = 1; i <= 3; i++) {
            put(table, item("a", i));
        }

        assertThat(dynamo.changes(table, 1)).extracting(Change::sequence).containsExactly(2L, 3L);
        assertThat(dynamo.changes(table, 3)).isEmpty();
        assertThat(dynamo.changes(table, 9)).isEmpty();
        String unlogged = viewTable();
        assertThatThrownBy(() -> dynamo.changes(unlogged, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_order_of_a_scan_does_not_depend_on_the_order_of_writing() {
        List<String> partitions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            partitions.add("stream#" + i);
        }
        List<Map<String, AttributeValue>> forward = scanned(partitions);
        List<Map<String, AttributeValue>> backward = scanned(partitions.reversed());

        assertThat(forward).hasSize(200).isEqualTo(backward);
        assertThat(forward)
                .extracting(item -> item.get("pk"))
                .isNotEqualTo(partitions.stream().map(DynamoDbContract::s).toList());
    }

    private List<Map<String, AttributeValue>> scanned(List<String> partitions) {
        String table = viewTable();
        partitions.forEach(partition -> put(table, row(partition, "a")));
        return dynamo.scan(scan -> scan.tableName(table)).items();
    }

    @Test
    void segments_are_about_as_large_as_each_other() {
        String table = viewTable();
        for (int i = 0; i < 1_000; i++) {
            put(table, row("stream#" + i, "a"));
        }
        Set<AttributeValue> all = new HashSet<>();
        for (int segment = 0; segment < 4; segment++) {
            int one = segment;
            List<Map<String, AttributeValue>> items = dynamo.scan(
                            scan -> scan.tableName(table).segment(one).totalSegments(4))
                    .items();
            assertThat(items).hasSizeBetween(150, 350);
            items.forEach(item -> all.add(item.get("pk")));
        }
        assertThat(all).hasSize(1_000);
    }

    @Test
    void what_is_kept_cannot_be_changed_from_outside() {
        String table = streamTable();
        Map<String, AttributeValue> mine = new HashMap<>(item("a", 1, "x", s("1")));
        put(table, mine);
        mine.put("x", s("2"));
        Map<String, AttributeValue> read =
                dynamo.getItem(get -> get.tableName(table).key(key("a", 1))).item();

        assertThatThrownBy(() -> read.put("x", s("3"))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(dynamo.changes(table, 0).getFirst().newImage()).containsEntry("x", s("1"));
    }

    /** The documented behavior of AWS; DynamoDB Local refuses the request without naming the part. */
    @Test
    void a_part_that_cannot_be_written_cancels_the_transaction() {
        String table = streamTable();
        put(table, item("a", 1, "x", s("text")));
        TransactionCanceledException cancelled = cancelled(
                putPart(table, item("b", 1)),
                TransactWriteItem.builder()
                        .update(update -> update.tableName(table)
                                .key(key("a", 1))
                                .updateExpression("ADD #x :v")
                                .expressionAttributeNames(Map.of("#x", "x"))
                                .expressionAttributeValues(Map.of(":v", n(1))))
                        .build());

        assertThat(cancelled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ValidationError");
        assertThat(get(table, key("b", 1))).isEmpty();
    }

    @Test
    void an_atomic_append_costs_twice_its_parts_and_a_check_writes_nothing() {
        dynamo.createTable(table -> table.tableName("events")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        one -> one.attributeName("version").keyType(KeyType.RANGE))
                .streamSpecification(one -> one.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
        List<Double> units = new ArrayList<>();
        EventStore store = new DynamoDbEventStore(billed(units), "events");
        StreamId home = new StreamId("job", "one");
        StreamId other = new StreamId("crew", "one");

        assertThat(store.appendAll(List.of(commit(home, 1, "a", 10), commit(other, 1, "a", 1_500)), List.of()))
                .isEqualTo(new AppendResult.Appended());
        assertThat(store.appendAll(List.of(commit(home, 2, "b", 10)), List.of(new Unmoved(other, 1))))
                .isEqualTo(new AppendResult.Appended());
        assertThat(store.appendAll(List.of(commit(home, 3, "c", 10)), List.of(new Unmoved(other, 0))))
                .isEqualTo(new AppendResult.Conflict(commit(other, 1, "a", 1_500)));
        assertThat(store.appendAll(List.of(commit(home, 2, "d", 10), commit(other, 1, "d", 10)), List.of()))
                .isEqualTo(new AppendResult.Conflict(commit(home, 2, "b", 10)));
        assertThat(units).containsExactly(2.0 + 4.0, 2.0 + 2.0);
        assertThat(dynamo.changes("events", 0))
                .extracting(change -> change.eventName() + " " + change.keys().get("stream"))
                .containsExactly(
                        "INSERT " + s(home.toString()),
                        "INSERT " + s(other.toString()),
                        "INSERT " + s(home.toString()));
    }

    private static Commit commit(StreamId stream, long version, String id, int size) {
        StoredEvent event = new StoredEvent("Happened", 1, false, "\"" + "x".repeat(size) + "\"");
        return new Commit(
                stream,
                version,
                id,
                Instant.EPOCH,
                List.of(event),
                new CommitMetadata("tester", "talk", null, null, null));
    }

    /** Returns a client that asks for the consumed units of each transaction. */
    private DynamoDbClient billed(List<Double> units) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    TransactWriteItemsResponse response =
                            dynamo.transactWriteItems(((TransactWriteItemsRequest) arguments[0])
                                    .toBuilder()
                                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                                            .build());
                    response.consumedCapacity().forEach(one -> units.add(one.capacityUnits()));
                    return response;
                });
    }
}
