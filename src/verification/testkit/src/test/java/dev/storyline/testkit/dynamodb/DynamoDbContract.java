package dev.storyline.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The behavior that Storyline requires from a DynamoDB. DynamoDB Local and the simulated DynamoDB both pass these tests. */
abstract class DynamoDbContract {
    /** A DynamoDB under test. */
    interface UnderTest {
        /** Returns the client that calls it. */
        DynamoDbClient client();

        /** Returns the records of a table's stream, numbered from 1; waits until there are this many. */
        List<Change> changes(String table, int expected);
    }

    private final UnderTest dynamo;

    DynamoDbContract(UnderTest dynamo) {
        this.dynamo = dynamo;
    }

    DynamoDbClient client() {
        return dynamo.client();
    }

    List<Change> changes(String table, int expected) {
        return dynamo.changes(table, expected);
    }

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

    /** Returns a table with a number as sort key, and a stream. */
    String streamTable() {
        return createTable(ScalarAttributeType.N, true);
    }

    /** Returns a table with a text as sort key. */
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

    /**
     * Reads an item with numbers by value: after an update, DynamoDB Local, unlike AWS, keeps the zeros that were
     * written.
     */
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

    static TransactWriteItem putIfFree(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(#sk)")
                        .expressionAttributeNames(Map.of("#sk", "sk"))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    static void assertRefused(String code, ThrowingCallable call) {
        DynamoDbException refusal = catchThrowableOfType(DynamoDbException.class, call);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }

    static void assertInvalid(ThrowingCallable call) {
        assertRefused("ValidationException", call);
    }

    void update(String table, Map<String, AttributeValue> key, Consumer<UpdateItemRequest.Builder> more) {
        client().updateItem(update -> more.accept(update.tableName(table).key(key)));
    }

    TransactionCanceledException cancelled(TransactWriteItem... parts) {
        return catchThrowableOfType(
                TransactionCanceledException.class,
                () -> client().transactWriteItems(request -> request.transactItems(parts)));
    }
}
