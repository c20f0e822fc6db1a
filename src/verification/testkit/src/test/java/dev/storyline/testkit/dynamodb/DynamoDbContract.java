package dev.storyline.testkit.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What Storyline relies on in a DynamoDB: the real one's engine and the simulated one keep it alike. */
abstract class DynamoDbContract {
    /** The DynamoDB under test. */
    abstract DynamoDbClient client();

    /** The records of a table's stream, numbered from 1; waits until there are so many. */
    abstract List<Change> changes(String table, int expected);

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static Map<String, AttributeValue> key(String partition, long sort) {
        return Map.of("pk", s(partition), "sk", n(sort));
    }

    static Map<String, AttributeValue> item(String partition, long sort, Object... more) {
        Map<String, AttributeValue> item = new HashMap<>(key(partition, sort));
        for (int i = 0; i < more.length; i += 2) {
            item.put((String) more[i], (AttributeValue) more[i + 1]);
        }
        return item;
    }

    static Map<String, AttributeValue> row(String partition, String sort) {
        return Map.of("pk", s(partition), "sk", s(sort));
    }

    /** A table with a number as sort key, and a stream. */
    String streamTable() {
        return createTable(ScalarAttributeType.N, true);
    }

    /** A table with a text as sort key. */
    String viewTable() {
        return createTable(ScalarAttributeType.S, false);
    }

    private String createTable(ScalarAttributeType sort, boolean stream) {
        String name = "t-" + UUID.randomUUID();
        client().createTable(table -> {
            table.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                            one -> one.attributeName("pk").attributeType(ScalarAttributeType.S),
                            one -> one.attributeName("sk").attributeType(sort))
                    .keySchema(
                            one -> one.attributeName("pk").keyType(KeyType.HASH),
                            one -> one.attributeName("sk").keyType(KeyType.RANGE));
            if (stream) {
                table.streamSpecification(one -> one.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
            }
        });
        return name;
    }

    void put(String table, Map<String, AttributeValue> item) {
        client().putItem(put -> put.tableName(table).item(item));
    }

    /** Numbers by value: after an update DynamoDB Local, unlike AWS, keeps the zeros that were written. */
    Map<String, AttributeValue> get(String table, Map<String, AttributeValue> key) {
        return CanonicalValues.kept(
                client().getItem(get -> get.tableName(table).key(key).consistentRead(true))
                        .item());
    }

    static TransactWriteItem putPart(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    private static TransactWriteItem putIfFree(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(#sk)")
                        .expressionAttributeNames(Map.of("#sk", "sk"))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static void refused(String code, ThrowingCallable call) {
        DynamoDbException refusal = catchThrowableOfType(DynamoDbException.class, call);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }

    private static void invalid(ThrowingCallable call) {
        refused("ValidationException", call);
    }

    @Test
    void a_table_is_there_once_and_counts_its_items() {
        String table = streamTable();
        put(table, item("a", 1));
        put(table, item("a", 2));
        put(table, item("a", 2, "x", n(1)));

        assertThat(client().describeTable(request -> request.tableName(table))
                        .table()
                        .itemCount())
                .isEqualTo(2);
        assertThat(catchThrowableOfType(
                        ResourceInUseException.class,
                        () -> client().createTable(request -> request.tableName(table)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        one -> one.attributeName("pk").attributeType(ScalarAttributeType.S))
                                .keySchema(one -> one.attributeName("pk").keyType(KeyType.HASH)))))
                .isNotNull();
    }

    @Test
    void a_table_that_is_not_there_is_missed() {
        List<ThrowingCallable> calls = List.of(
                () -> put("none", item("a", 1)),
                () -> get("none", key("a", 1)),
                () -> client().describeTable(request -> request.tableName("none")),
                () -> client().scan(request -> request.tableName("none")),
                () -> client().transactWriteItems(request -> request.transactItems(putPart("none", item("a", 1)))));
        for (ThrowingCallable call : calls) {
            assertThat(catchThrowableOfType(ResourceNotFoundException.class, call))
                    .isNotNull();
        }
    }

    @Test
    void an_item_is_read_as_it_was_put() {
        String table = streamTable();
        AttributeValue deep = AttributeValue.fromM(Map.of(
                "list", AttributeValue.fromL(List.of(s(""), n(-3), AttributeValue.fromBool(true))),
                "none", AttributeValue.fromNul(true)));
        Map<String, AttributeValue> item = item("a", 1, "deep", deep, "text", s("ä€\uD83D\uDE00"));
        put(table, item);

        assertThat(get(table, key("a", 1))).isEqualTo(item);
        assertThat(client().getItem(get -> get.tableName(table).key(key("a", 2)))
                        .hasItem())
                .isFalse();
    }

    @Test
    void a_table_without_sort_key_keeps_one_item_for_each_partition_key() {
        String table = "t-" + UUID.randomUUID();
        client().createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(one -> one.attributeName("id").attributeType(ScalarAttributeType.N))
                .keySchema(one -> one.attributeName("id").keyType(KeyType.HASH)));
        put(table, Map.of("id", n(1), "x", s("old")));
        put(table, Map.of("id", AttributeValue.fromN("1.0"), "x", s("new")));
        put(table, Map.of("id", n(2), "x", s("other")));

        assertThat(get(table, Map.of("id", n(1)))).isEqualTo(Map.of("id", n(1), "x", s("new")));
        assertThat(client().scan(scan -> scan.tableName(table)).items()).hasSize(2);
        assertThat(client().query(query -> query.tableName(table)
                                .keyConditionExpression("#id = :id")
                                .expressionAttributeNames(Map.of("#id", "id"))
                                .expressionAttributeValues(Map.of(":id", n(2))))
                        .items())
                .containsExactly(Map.of("id", n(2), "x", s("other")));
    }

    @Test
    void numbers_are_kept_by_value() {
        String table = streamTable();
        Map<String, String> written = Map.of(
                "1.50", "1.5", "007", "7", "-0", "0", "1E3", "1000", "0.000", "0", "-12.340", "-12.34", "1e-3",
                "0.001");
        written.forEach((text, kept) -> {
            put(table, item("a", 1, "x", AttributeValue.fromN(text)));
            assertThat(client().scan(scan -> scan.tableName(table)).items())
                    .containsExactly(item("a", 1, "x", AttributeValue.fromN(kept)));
        });
        invalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("one"))));
        invalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("1".repeat(39)))));
        invalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("1E126"))));
        put(table, item("a", 1, "x", AttributeValue.fromN("1".repeat(38))));
    }

    @Test
    void an_item_has_400_KB_at_most() {
        String table = streamTable();
        String most = "x".repeat(400 * 1024 - 2 - 1 - 2 - 2 - 1);
        put(table, item("a", 1, "x", s(most)));

        invalid(() -> put(table, item("a", 1, "x", s(most + "x"))));
        invalid(() -> client().batchWriteItem(request -> request.requestItems(Map.of(
                table,
                List.of(WriteRequest.builder()
                        .putRequest(put -> put.item(item("a", 1, "x", s(most + "x"))))
                        .build())))));
    }

    @Test
    void a_key_is_whole_and_of_its_type() {
        String table = streamTable();
        invalid(() -> put(table, Map.of("pk", s("a"))));
        invalid(() -> put(table, Map.of("pk", s("a"), "sk", s("1"))));
        invalid(() -> put(table, item("", 1)));
        invalid(() -> put(table, item("a".repeat(2049), 1)));
        invalid(() -> get(table, Map.of("pk", s("a"))));
        invalid(() -> get(table, item("a", 1, "x", n(1))));
        invalid(() -> get(table, Map.of("pk", s("a"), "other", n(1))));
        String view = viewTable();
        invalid(() -> put(view, row("a", "")));
        invalid(() -> put(view, row("a", "a".repeat(1025))));
    }

    @Test
    void an_item_is_put_once_where_the_key_must_be_free() {
        String table = streamTable();
        Consumer<Map<String, AttributeValue>> append = item -> client().putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#version)")
                .expressionAttributeNames(Map.of("#version", "sk"))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        append.accept(item("a", 1, "x", s("first")));
        ConditionalCheckFailedException refusal = catchThrowableOfType(
                ConditionalCheckFailedException.class, () -> append.accept(item("a", 1, "x", s("second"))));

        assertThat(refusal.item()).isEqualTo(item("a", 1, "x", s("first")));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ConditionalCheckFailedException");
        assertThat(get(table, key("a", 1))).isEqualTo(item("a", 1, "x", s("first")));
    }

    @Test
    void a_failed_condition_shows_the_item_only_where_it_is_asked_for_and_there() {
        String table = streamTable();
        put(table, item("a", 1, "rev", n(1)));
        ConditionalCheckFailedException unasked = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client().putItem(put -> put.tableName(table)
                        .item(item("a", 1))
                        .conditionExpression("attribute_not_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", "pk"))));
        ConditionalCheckFailedException absent = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client().deleteItem(delete -> delete.tableName(table)
                        .key(key("a", 2))
                        .conditionExpression("attribute_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", "pk"))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));

        assertThat(unasked.hasItem()).isFalse();
        assertThat(absent.hasItem()).isFalse();
    }

    @Test
    void a_revision_is_compared_by_value_and_all_terms_must_hold() {
        String table = streamTable();
        put(table, item("a", 1, "rev", n(1), "owner", s("me")));
        String both = "#rev = :rev AND #owner = :owner";
        Map<String, String> names = Map.of("#rev", "rev", "#owner", "owner");
        Consumer<Map<String, AttributeValue>> delete = values -> client().deleteItem(request -> request.tableName(table)
                .key(key("a", 1))
                .conditionExpression(both)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values));
        for (Map<String, AttributeValue> wrong : List.of(
                Map.of(":rev", n(2), ":owner", s("me")),
                Map.of(":rev", s("1"), ":owner", s("me")),
                Map.of(":rev", n(1), ":owner", s("you")))) {
            refused("ConditionalCheckFailedException", () -> delete.accept(wrong));
        }
        delete.accept(Map.of(":rev", AttributeValue.fromN("1.0"), ":owner", s("me")));
        assertThat(get(table, key("a", 1))).isEmpty();
    }

    @Test
    void placeholders_are_defined_and_used() {
        String table = streamTable();
        invalid(() -> client().putItem(put ->
                put.tableName(table).item(item("a", 1)).conditionExpression("attribute_not_exists(#pk)")));
        invalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk", "#other", "x"))));
        invalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .expressionAttributeValues(Map.of(":v", n(1)))));
        invalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("#x = :v")
                .expressionAttributeNames(Map.of("#x", "x"))));
        invalid(() -> client().putItem(
                        put -> put.tableName(table).item(item("a", 1)).expressionAttributeNames(Map.of("#x", "x"))));
        invalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .expressionAttributeValues(Map.of())));
    }

    private void update(String table, Map<String, AttributeValue> key, Consumer<UpdateItemRequest.Builder> more) {
        client().updateItem(update -> more.accept(update.tableName(table).key(key)));
    }

    @Test
    void an_update_sets_attributes_and_makes_an_item_where_there_is_none() {
        String table = streamTable();
        put(table, item("a", 1, "x", s("old"), "z", s("stays")));
        for (long sort = 1; sort <= 2; sort++) {
            update(
                    table,
                    key("a", sort),
                    update -> update.updateExpression("SET #a0 = :a0, #a1 = :a1")
                            .expressionAttributeNames(Map.of("#a0", "x", "#a1", "y"))
                            .expressionAttributeValues(Map.of(":a0", s("new"), ":a1", AttributeValue.fromN("2.0"))));
        }
        assertThat(get(table, key("a", 1))).isEqualTo(item("a", 1, "x", s("new"), "y", n(2), "z", s("stays")));
        assertThat(get(table, key("a", 2))).isEqualTo(item("a", 2, "x", s("new"), "y", n(2)));
    }

    @Test
    void an_update_adds_numbers_and_begins_at_nothing() {
        String table = streamTable();
        for (String amount : List.of("0.5", "2.5", "-10")) {
            update(
                    table,
                    key("a", 1),
                    update -> update.updateExpression("ADD #a0 :a0, #a1 :a1")
                            .expressionAttributeNames(Map.of("#a0", "sum", "#a1", "count"))
                            .expressionAttributeValues(Map.of(":a0", AttributeValue.fromN(amount), ":a1", n(1))));
        }
        assertThat(get(table, key("a", 1))).isEqualTo(item("a", 1, "sum", n(-7), "count", n(3)));
    }

    @Test
    void an_update_that_cannot_be_is_refused() {
        String table = streamTable();
        put(table, item("a", 1, "x", s("text"), "big", AttributeValue.fromN("9".repeat(38))));
        List<Consumer<UpdateItemRequest.Builder>> updates = List.of(
                update -> update.updateExpression("ADD #x :v")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", n(1))),
                update -> update.updateExpression("ADD #x :v")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", s("1"))),
                update -> update.updateExpression("ADD #x :v")
                        .expressionAttributeNames(Map.of("#x", "big"))
                        .expressionAttributeValues(Map.of(":v", AttributeValue.fromN("0.1"))),
                update -> update.updateExpression("SET #x = :v")
                        .expressionAttributeNames(Map.of("#x", "sk"))
                        .expressionAttributeValues(Map.of(":v", n(1))),
                update -> update.updateExpression("SET #x = :v, #y = :v")
                        .expressionAttributeNames(Map.of("#x", "x", "#y", "x"))
                        .expressionAttributeValues(Map.of(":v", n(1))),
                update -> update.updateExpression("SET #x = :v")
                        .expressionAttributeNames(Map.of("#x", "x"))
                        .expressionAttributeValues(Map.of(":v", s("x".repeat(400 * 1024)))));
        for (Consumer<UpdateItemRequest.Builder> one : updates) {
            invalid(() -> update(table, key("a", 1), one));
        }
        refused(
                "ConditionalCheckFailedException",
                () -> update(
                        table,
                        key("a", 1),
                        update -> update.updateExpression("SET #x = :v")
                                .conditionExpression("#x = :w")
                                .expressionAttributeNames(Map.of("#x", "x"))
                                .expressionAttributeValues(Map.of(":v", n(1), ":w", n(2)))));
    }

    private QueryRequest.Builder query(String table, String condition, AttributeValue... values) {
        Map<String, AttributeValue> named = new HashMap<>(Map.of(":pk", s("a")));
        for (int i = 0; i < values.length; i++) {
            named.put(":v" + i, values[i]);
        }
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#pk = :pk" + condition)
                .expressionAttributeNames(condition.isEmpty() ? Map.of("#pk", "pk") : Map.of("#pk", "pk", "#sk", "sk"))
                .expressionAttributeValues(named);
    }

    private static List<Integer> sorts(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> Integer.valueOf(requireNonNull(item.get("sk")).n()))
                .toList();
    }

    @Test
    void a_query_reads_a_range_of_one_partition_in_order() {
        String table = streamTable();
        for (int sort : new int[] {10, 2, -1, 7}) {
            put(table, item("a", sort));
            put(table, item("b", sort));
        }
        Map<QueryRequest.Builder, List<Integer>> expected = Map.of(
                query(table, ""), List.of(-1, 2, 7, 10),
                query(table, "").scanIndexForward(false), List.of(10, 7, 2, -1),
                query(table, " AND #sk > :v0", n(2)), List.of(7, 10),
                query(table, " AND #sk >= :v0", n(2)).scanIndexForward(false), List.of(10, 7, 2),
                query(table, " AND #sk < :v0", n(7)), List.of(-1, 2),
                query(table, " AND #sk <= :v0", n(7)), List.of(-1, 2, 7),
                query(table, " AND #sk = :v0", n(7)), List.of(7),
                query(table, " AND #sk BETWEEN :v0 AND :v1", n(0), n(7)), List.of(2, 7),
                query(table, " AND #sk BETWEEN :v0 AND :v1", n(3), n(3)), List.of());
        expected.forEach((query, sorts) -> {
            QueryResponse response = client().query(query.consistentRead(true).build());
            assertThat(sorts(response.items())).isEqualTo(sorts);
            assertThat(response.count()).isEqualTo(sorts.size());
            assertThat(response.hasLastEvaluatedKey()).isFalse();
        });
    }

    @Test
    void texts_are_in_the_order_of_their_bytes() {
        String table = viewTable();
        List<String> sorts = List.of("A", "B", "a", "aa", "z", "ä", "\u20ac", "\uff5e", "\uD83D\uDE00", "\uD83D\uDE01");
        sorts.reversed().forEach(sort -> put(table, row("a", sort)));

        assertThat(client().query(query(table, "").build()).items())
                .extracting(item -> requireNonNull(item.get("sk")).s())
                .isEqualTo(sorts);
    }

    @Test
    void a_query_that_cannot_be_is_refused() {
        String table = streamTable();
        invalid(() -> client().query(query(table, " AND #sk > :v0", s("1")).build()));
        invalid(() -> client().query(
                        query(table, " AND #sk BETWEEN :v0 AND :v1", n(2), n(1)).build()));
        invalid(() -> client().query(query(table, "").limit(0).build()));
        invalid(() ->
                client().query(query(table, "").exclusiveStartKey(key("b", 1)).build()));
        invalid(() -> client().query(query(table, " AND #sk > :v0", n(3))
                .exclusiveStartKey(key("a", 2))
                .build()));
        invalid(() -> client().query(query(table, " AND #sk > :v0", n(3))
                .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "x"))
                .build()));
    }

    @Test
    void a_limited_query_is_read_page_by_page() {
        String table = streamTable();
        IntStream.rangeClosed(1, 6).forEach(sort -> put(table, item("a", sort)));
        QueryRequest.Builder query = query(table, " AND #sk > :v0", n(1)).limit(2);
        QueryResponse first = client().query(query.build());
        QueryResponse second =
                client().query(query.exclusiveStartKey(first.lastEvaluatedKey()).build());
        QueryResponse third = client().query(
                        query.exclusiveStartKey(second.lastEvaluatedKey()).build());

        assertThat(sorts(first.items())).containsExactly(2, 3);
        assertThat(first.lastEvaluatedKey()).isEqualTo(key("a", 3));
        assertThat(sorts(second.items())).containsExactly(4, 5);
        assertThat(sorts(third.items())).containsExactly(6);
        assertThat(third.hasLastEvaluatedKey()).isFalse();
        assertThat(sorts(client().query(query(table, "")
                                .scanIndexForward(false)
                                .exclusiveStartKey(key("a", 3))
                                .build())
                        .items()))
                .containsExactly(2, 1);
    }

    @Test
    void a_full_page_does_not_know_that_it_is_the_last() {
        String table = streamTable();
        put(table, item("a", 1));
        put(table, item("a", 2));
        QueryResponse full = client().query(query(table, "").limit(2).build());
        QueryResponse after = client().query(query(table, "")
                .exclusiveStartKey(full.lastEvaluatedKey())
                .build());

        assertThat(full.lastEvaluatedKey()).isEqualTo(key("a", 2));
        assertThat(after.items()).isEmpty();
        assertThat(after.hasLastEvaluatedKey()).isFalse();
        assertThat(client().scan(scan -> scan.tableName(table).limit(2)).lastEvaluatedKey())
                .isEqualTo(key("a", 2));
    }

    @Test
    void a_page_ends_after_a_megabyte() {
        String table = streamTable();
        String large = "x".repeat(300 * 1024);
        IntStream.rangeClosed(1, 8).forEach(sort -> put(table, item("a", sort, "x", s(large))));
        QueryResponse first = client().query(query(table, "").build());
        QueryResponse second = client().query(query(table, "")
                .exclusiveStartKey(first.lastEvaluatedKey())
                .build());

        assertThat(sorts(first.items())).containsExactly(1, 2, 3, 4);
        assertThat(sorts(second.items())).containsExactly(5, 6, 7, 8);
        ScanResponse scan = client().scan(request ->
                request.tableName(table).projectionExpression("#sk").expressionAttributeNames(Map.of("#sk", "sk")));
        assertThat(sorts(scan.items())).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_projection_leaves_the_attributes_it_names() {
        String table = streamTable();
        put(table, item("a", 1, "x", n(1), "y", n(2)));
        Map<String, String> names = Map.of("#a", "x", "#b", "sk", "#c", "none");
        String expression = "#a, #b, #c";
        Map<String, AttributeValue> part = Map.of("x", n(1), "sk", n(1));

        assertThat(client().scan(request -> request.tableName(table)
                                .projectionExpression(expression)
                                .expressionAttributeNames(names))
                        .items())
                .containsExactly(part);
        assertThat(client().getItem(request -> request.tableName(table)
                                .key(key("a", 1))
                                .projectionExpression(expression)
                                .expressionAttributeNames(names))
                        .item())
                .isEqualTo(part);
        assertThat(client().query(query(table, "")
                                .projectionExpression("#x")
                                .expressionAttributeNames(Map.of("#pk", "pk", "#x", "x"))
                                .build())
                        .items())
                .containsExactly(Map.of("x", n(1)));
        assertThat(client().getItem(request -> request.tableName(table)
                                .key(key("a", 1))
                                .projectionExpression("#c")
                                .expressionAttributeNames(Map.of("#c", "none")))
                        .hasItem())
                .isTrue();
        invalid(() -> client().scan(request -> request.tableName(table)
                .projectionExpression("#a, #b")
                .expressionAttributeNames(Map.of("#a", "x", "#b", "x"))));
    }

    private List<Map<String, AttributeValue>> scanAll(ScanRequest.Builder scan) {
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        ScanResponse page;
        do {
            page = client().scan(scan.build());
            all.addAll(page.items());
            scan.exclusiveStartKey(page.lastEvaluatedKey());
        } while (page.hasLastEvaluatedKey());
        return all;
    }

    @Test
    void a_scan_by_segments_and_pages_reads_every_item_once_and_each_partition_in_order() {
        String table = streamTable();
        for (int stream = 0; stream < 12; stream++) {
            for (int sort : new int[] {3, 1, 10, 2}) {
                put(table, item("stream#" + stream, sort));
            }
        }
        Map<String, List<Integer>> sorts = new HashMap<>();
        for (int segment = 0; segment < 3; segment++) {
            String before = "";
            for (Map<String, AttributeValue> item : scanAll(ScanRequest.builder()
                    .tableName(table)
                    .segment(segment)
                    .totalSegments(3)
                    .limit(5))) {
                String stream = requireNonNull(item.get("pk")).s();
                assertThat(sorts.containsKey(stream)).isEqualTo(stream.equals(before));
                sorts.computeIfAbsent(stream, absent -> new ArrayList<>())
                        .add(Integer.valueOf(requireNonNull(item.get("sk")).n()));
                before = stream;
            }
        }
        assertThat(sorts)
                .hasSize(12)
                .allSatisfy((stream, all) -> assertThat(all).containsExactly(1, 2, 3, 10));
        assertThat(scanAll(ScanRequest.builder().tableName(table).limit(7))).hasSize(48);
    }

    @Test
    void a_scan_goes_on_after_an_item_that_is_gone() {
        String table = streamTable();
        IntStream.rangeClosed(1, 4).forEach(sort -> put(table, item("a", sort)));
        client().deleteItem(delete -> delete.tableName(table).key(key("a", 2)));

        assertThat(sorts(client().scan(scan -> scan.tableName(table).exclusiveStartKey(key("a", 2)))
                        .items()))
                .containsExactly(3, 4);
    }

    @Test
    void a_scan_that_cannot_be_is_refused() {
        String table = streamTable();
        invalid(() -> client().scan(scan -> scan.tableName(table).segment(2).totalSegments(2)));
        invalid(() -> client().scan(scan -> scan.tableName(table).segment(0)));
        invalid(() -> client().scan(scan -> scan.tableName(table).totalSegments(2)));
        invalid(() -> client().scan(scan -> scan.tableName(table).limit(0)));
        invalid(() -> client().scan(scan -> scan.tableName(table).exclusiveStartKey(Map.of("pk", s("a")))));
    }

    @Test
    void a_batch_gets_what_is_there() {
        String table = streamTable();
        String view = viewTable();
        put(table, item("a", 1, "x", n(1)));
        put(table, item("a", 2, "x", n(2)));
        put(view, row("a", "b"));
        var response = client().batchGetItem(request -> request.requestItems(Map.of(
                table,
                KeysAndAttributes.builder()
                        .consistentRead(true)
                        .keys(key("a", 1), key("a", 2), key("a", 3))
                        .build(),
                view,
                KeysAndAttributes.builder().keys(row("a", "b"), row("b", "b")).build())));

        assertThat(response.responses().get(table))
                .containsExactlyInAnyOrder(item("a", 1, "x", n(1)), item("a", 2, "x", n(2)));
        assertThat(response.responses().get(view)).containsExactly(row("a", "b"));
        assertThat(response.unprocessedKeys()).isEmpty();
    }

    @Test
    void a_batch_asks_for_each_key_once_and_a_hundred_at_most() {
        String table = streamTable();
        invalid(() -> getAll(table, List.of(key("a", 1), key("a", 1))));
        invalid(() -> getAll(
                table, IntStream.rangeClosed(1, 101).mapToObj(i -> key("a", i)).toList()));
        getAll(table, IntStream.rangeClosed(1, 100).mapToObj(i -> key("a", i)).toList());
    }

    private void getAll(String table, List<Map<String, AttributeValue>> keys) {
        client().batchGetItem(request -> request.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
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
        invalid(() -> client().batchWriteItem(request -> request.requestItems(Map.of(table, many))));
        invalid(() -> client().batchWriteItem(request ->
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

    TransactionCanceledException cancelled(TransactWriteItem... parts) {
        return catchThrowableOfType(
                TransactionCanceledException.class,
                () -> client().transactWriteItems(request -> request.transactItems(parts)));
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
        invalid(() -> client().transactWriteItems(request ->
                request.transactItems(putPart(table, item("a", 1, "x", n(1))), putPart(table, item("a", 1)))));
        List<TransactWriteItem> parts = IntStream.rangeClosed(1, 101)
                .mapToObj(i -> putPart(table, item("a", i)))
                .toList();
        invalid(() -> client().transactWriteItems(request -> request.transactItems(parts)));
        invalid(() -> client().transactWriteItems(request -> request.transactItems(List.of())));
        client().transactWriteItems(request -> request.transactItems(parts.subList(0, 100)));
        assertThat(client().scan(scan -> scan.tableName(table)).items()).hasSize(100);
    }

    @Test
    void a_transaction_with_an_item_that_is_too_large_is_refused() {
        String table = streamTable();
        invalid(() -> client().transactWriteItems(request -> request.transactItems(
                putPart(table, item("b", 1)), putPart(table, item("a", 1, "x", s("x".repeat(400 * 1024)))))));
        TransactWriteItem[] parts = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> putPart(table, item("a", i, "x", s("x".repeat(390 * 1024)))))
                .toArray(TransactWriteItem[]::new);
        invalid(() -> client().transactWriteItems(request -> request.transactItems(parts)));
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
