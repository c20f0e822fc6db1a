package dev.storyline.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Batches of writes, transactions, the change stream and consumed units. */
abstract class DynamoDbTransactionsContract extends DynamoDbContract {
    DynamoDbTransactionsContract(UnderTest dynamo) {
        super(dynamo);
    }

    private static WriteRequest deletion(Map<String, AttributeValue> key) {
        return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
    }

    @Test
    void a_batch_puts_and_deletes() {
        String table = streamTable();
        put(table, item("a", 1));
        var response = client().batchWriteItem(request -> request.requestItems(Map.of(
                table,
                List.of(
                        deletion(key("a", 1)),
                        deletion(key("a", 9)),
                        WriteRequest.builder()
                                .putRequest(put -> put.item(item("a", 2, "x", n(1))))
                                .build()))));

        assertThat(response.unprocessedItems()).isEmpty();
        assertThat(client().scan(scan -> scan.tableName(table)).items()).containsExactly(item("a", 2, "x", n(1)));
        List<WriteRequest> many = IntStream.rangeClosed(1, 26)
                .mapToObj(i -> deletion(key("a", i)))
                .toList();
        assertInvalid(() -> client().batchWriteItem(request -> request.requestItems(Map.of(table, many))));
        assertInvalid(() -> client().batchWriteItem(request ->
                request.requestItems(Map.of(table, List.of(deletion(key("a", 1)), deletion(key("a", 1)))))));
    }

    @Test
    void a_transaction_writes_all_of_its_parts() {
        String table = streamTable();
        String view = viewTable();
        put(table, item("a", 3, "x", n(1)));
        client().transactWriteItems(request -> request.transactItems(
                putIfFree(table, item("a", 1)),
                TransactWriteItem.builder()
                        .update(update -> update.tableName(view)
                                .key(row("total", "t"))
                                .updateExpression("ADD #a0 :a0")
                                .expressionAttributeNames(Map.of("#a0", "sum"))
                                .expressionAttributeValues(Map.of(":a0", n(5))))
                        .build(),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(key("a", 3)))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(key("b", 1))
                                .conditionExpression("attribute_not_exists(#sk)")
                                .expressionAttributeNames(Map.of("#sk", "sk")))
                        .build()));

        assertThat(client().scan(scan -> scan.tableName(table)).items()).containsExactly(item("a", 1));
        assertThat(get(view, row("total", "t"))).containsEntry("sum", n(5));
    }

    @Test
    void a_cancelled_transaction_writes_nothing_and_says_why_part_by_part() {
        String table = streamTable();
        put(table, item("a", 1, "x", s("there")));
        put(table, item("c", 1));
        TransactionCanceledException cancelled = cancelled(
                putPart(table, item("b", 1)),
                putIfFree(table, item("a", 1)),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(key("c", 1))
                                .conditionExpression("#rev = :rev")
                                .expressionAttributeNames(Map.of("#rev", "rev"))
                                .expressionAttributeValues(Map.of(":rev", n(1))))
                        .build());

        assertThat(cancelled.awsErrorDetails().errorCode()).isEqualTo("TransactionCanceledException");
        assertThat(cancelled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed", "ConditionalCheckFailed");
        assertThat(cancelled.cancellationReasons())
                .extracting(CancellationReason::hasItem)
                .containsExactly(false, true, false);
        assertThat(cancelled.cancellationReasons().get(1).item()).isEqualTo(item("a", 1, "x", s("there")));
        assertThat(get(table, key("b", 1))).isEmpty();
    }

    @Test
    void a_transaction_has_each_item_once_and_a_hundred_parts_at_most() {
        String table = streamTable();
        assertInvalid(() -> client().transactWriteItems(request ->
                request.transactItems(putPart(table, item("a", 1, "x", n(1))), putPart(table, item("a", 1)))));
        List<TransactWriteItem> parts = IntStream.rangeClosed(1, 101)
                .mapToObj(i -> putPart(table, item("a", i)))
                .toList();
        assertInvalid(() -> client().transactWriteItems(request -> request.transactItems(parts)));
        assertInvalid(() -> client().transactWriteItems(request -> request.transactItems(List.of())));
        client().transactWriteItems(request -> request.transactItems(parts.subList(0, 100)));
        assertThat(client().scan(scan -> scan.tableName(table)).items()).hasSize(100);
    }

    @Test
    void a_transaction_with_an_item_that_is_too_large_is_refused() {
        String table = streamTable();
        assertInvalid(() -> client().transactWriteItems(request -> request.transactItems(
                putPart(table, item("b", 1)), putPart(table, item("a", 1, "x", s("x".repeat(400 * 1024)))))));
        TransactWriteItem[] parts = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> putPart(table, item("a", i, "x", s("x".repeat(390 * 1024)))))
                .toArray(TransactWriteItem[]::new);
        assertInvalid(() -> client().transactWriteItems(request -> request.transactItems(parts)));
        assertThat(client().scan(scan -> scan.tableName(table)).items()).isEmpty();
    }

    @Test
    void the_stream_has_every_change_and_nothing_else() {
        String table = streamTable();
        put(table, item("a", 1));
        put(table, item("a", 1));
        put(table, item("a", 1, "x", AttributeValue.fromN("1.0")));
        put(table, item("a", 1, "x", n(1)));
        update(
                table,
                key("b", 1),
                update -> update.updateExpression("ADD #x :v")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", n(0))));
        client().deleteItem(delete -> delete.tableName(table).key(key("a", 1)));
        client().deleteItem(delete -> delete.tableName(table).key(key("a", 1)));
        cancelled(putPart(table, item("d", 1)), putIfFree(table, item("b", 1)));
        client().transactWriteItems(request -> request.transactItems(
                putPart(table, item("b", 1, "x", n(2))),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(key("c", 1))
                                .conditionExpression("attribute_not_exists(#sk)")
                                .expressionAttributeNames(Map.of("#sk", "sk")))
                        .build()));

        assertThat(changes(table, 5))
                .containsExactly(
                        new Change(1, "INSERT", key("a", 1), item("a", 1)),
                        new Change(2, "MODIFY", key("a", 1), item("a", 1, "x", n(1))),
                        new Change(3, "INSERT", key("b", 1), item("b", 1, "x", n(0))),
                        new Change(4, "REMOVE", key("a", 1), null),
                        new Change(5, "MODIFY", key("b", 1), item("b", 1, "x", n(2))));
    }

    @Test
    void units_are_told_where_they_are_asked_for() {
        String table = streamTable();
        Map<String, AttributeValue> item = item("a", 1, "x", s("x".repeat(5000)));
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;

        assertThat(client().putItem(
                                request -> request.tableName(table).item(item).returnConsumedCapacity(total))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(5.0);
        assertThat(client().putItem(request -> request.tableName(table).item(item))
                        .consumedCapacity())
                .isNull();
        assertThat(client().getItem(request ->
                                request.tableName(table).key(key("a", 1)).returnConsumedCapacity(total))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
        for (boolean consistent : new boolean[] {false, true}) {
            assertThat(client().scan(request -> request.tableName(table)
                                    .consistentRead(consistent)
                                    .projectionExpression("#sk")
                                    .expressionAttributeNames(Map.of("#sk", "sk"))
                                    .returnConsumedCapacity(total))
                            .consumedCapacity()
                            .capacityUnits())
                    .isEqualTo(consistent ? 2.0 : 1.0);
        }
        assertThat(client().transactWriteItems(request -> request.transactItems(putPart(table, item("a", 2)))
                                .returnConsumedCapacity(total))
                        .consumedCapacity()
                        .getFirst()
                        .capacityUnits())
                .isEqualTo(2.0);
    }
}
