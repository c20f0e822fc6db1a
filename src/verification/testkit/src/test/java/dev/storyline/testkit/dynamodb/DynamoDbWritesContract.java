package dev.storyline.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables, items, conditions and updates. */
abstract class DynamoDbWritesContract extends DynamoDbContract {
    DynamoDbWritesContract(UnderTest dynamo) {
        super(dynamo);
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
        assertInvalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("one"))));
        assertInvalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("1".repeat(39)))));
        assertInvalid(() -> put(table, item("a", 1, "x", AttributeValue.fromN("1E126"))));
        put(table, item("a", 1, "x", AttributeValue.fromN("1".repeat(38))));
    }

    @Test
    void an_item_has_400_KB_at_most() {
        String table = streamTable();
        String most = "x".repeat(400 * 1024 - 2 - 1 - 2 - 2 - 1);
        put(table, item("a", 1, "x", s(most)));

        assertInvalid(() -> put(table, item("a", 1, "x", s(most + "x"))));
        assertInvalid(() -> client().batchWriteItem(request -> request.requestItems(Map.of(
                table,
                List.of(WriteRequest.builder()
                        .putRequest(put -> put.item(item("a", 1, "x", s(most + "x"))))
                        .build())))));
    }

    @Test
    void a_key_is_whole_and_of_its_type() {
        String table = streamTable();
        assertInvalid(() -> put(table, Map.of("pk", s("a"))));
        assertInvalid(() -> put(table, Map.of("pk", s("a"), "sk", s("1"))));
        assertInvalid(() -> put(table, item("", 1)));
        assertInvalid(() -> put(table, item("a".repeat(2049), 1)));
        assertInvalid(() -> get(table, Map.of("pk", s("a"))));
        assertInvalid(() -> get(table, item("a", 1, "x", n(1))));
        assertInvalid(() -> get(table, Map.of("pk", s("a"), "other", n(1))));
        String view = viewTable();
        assertInvalid(() -> put(view, row("a", "")));
        assertInvalid(() -> put(view, row("a", "a".repeat(1025))));
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
            assertRefused("ConditionalCheckFailedException", () -> delete.accept(wrong));
        }
        delete.accept(Map.of(":rev", AttributeValue.fromN("1.0"), ":owner", s("me")));
        assertThat(get(table, key("a", 1))).isEmpty();
    }

    @Test
    void placeholders_are_defined_and_used() {
        String table = streamTable();
        assertInvalid(() -> client().putItem(put ->
                put.tableName(table).item(item("a", 1)).conditionExpression("attribute_not_exists(#pk)")));
        assertInvalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk", "#other", "x"))));
        assertInvalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .expressionAttributeValues(Map.of(":v", n(1)))));
        assertInvalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("#x = :v")
                .expressionAttributeNames(Map.of("#x", "x"))));
        assertInvalid(() -> client().putItem(
                        put -> put.tableName(table).item(item("a", 1)).expressionAttributeNames(Map.of("#x", "x"))));
        assertInvalid(() -> client().putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .expressionAttributeValues(Map.of())));
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
    void an_update_sets_and_adds_at_once() {
        String table = streamTable();
        for (String last : List.of("one", "two")) {
            update(
                    table,
                    key("a", 1),
                    update -> update.updateExpression("SET #last = :last ADD #count :one")
                            .expressionAttributeNames(Map.of("#last", "last", "#count", "count"))
                            .expressionAttributeValues(Map.of(":last", s(last), ":one", n(1))));
        }
        assertThat(get(table, key("a", 1))).isEqualTo(item("a", 1, "last", s("two"), "count", n(2)));
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
            assertInvalid(() -> update(table, key("a", 1), one));
        }
        assertRefused(
                "ConditionalCheckFailedException",
                () -> update(
                        table,
                        key("a", 1),
                        update -> update.updateExpression("SET #x = :v")
                                .conditionExpression("#x = :w")
                                .expressionAttributeNames(Map.of("#x", "x"))
                                .expressionAttributeValues(Map.of(":v", n(1), ":w", n(2)))));
    }
}
