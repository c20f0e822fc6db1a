package dev.storyline.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Need;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoDbPermissionsTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/";
    private static final Map<String, AttributeValue> KEY = Map.of("pk", AttributeValue.fromS("a"));

    private static final Map<String, AttributeValue> EVENT = Map.of("stream", AttributeValue.fromS("child#simo"));

    private static Need need(String action, String table) {
        return new Need("dynamodb:" + action, TABLE + table);
    }

    private static Need within(String operation, String action, String table) {
        return new Need("dynamodb:" + action, TABLE + table, Map.of("dynamodb:EnclosingOperation", operation));
    }

    private static TransactWriteItem put(String table) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(KEY))
                .build();
    }

    /** The same calls as requests of the SDK and on the wire. */
    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of(
                        GetItemRequest.builder().tableName("view").key(KEY).build(),
                        "GetItem {'TableName': 'view', 'Key': {'pk': {'S': 'a'}}}",
                        List.of(need("GetItem", "view"))),
                Arguments.of(
                        PutItemRequest.builder().tableName("view").item(KEY).build(),
                        "PutItem {'TableName': 'view', 'Item': {'pk': {'S': 'a'}}}",
                        List.of(need("PutItem", "view"))),
                Arguments.of(
                        PutItemRequest.builder().tableName("events").item(EVENT).build(),
                        "PutItem {'TableName': 'events', 'Item': {'stream': {'S': 'child#simo'}}}",
                        List.of(new Need(
                                "dynamodb:PutItem", TABLE + "events", Map.of("dynamodb:LeadingKeys", "child#simo")))),
                Arguments.of(
                        UpdateItemRequest.builder().tableName("view").build(),
                        "UpdateItem {'TableName': 'view'}",
                        List.of(need("UpdateItem", "view"))),
                Arguments.of(
                        DeleteItemRequest.builder().tableName("view").build(),
                        "DeleteItem {'TableName': 'view'}",
                        List.of(need("DeleteItem", "view"))),
                Arguments.of(
                        QueryRequest.builder().tableName("view").build(),
                        "Query {'TableName': 'view'}",
                        List.of(need("Query", "view"))),
                Arguments.of(
                        QueryRequest.builder()
                                .tableName("view")
                                .indexName("by-day")
                                .build(),
                        "Query {'TableName': 'view', 'IndexName': 'by-day'}",
                        List.of(need("Query", "view/index/by-day"))),
                Arguments.of(
                        ScanRequest.builder().tableName(TABLE + "view").build(),
                        "Scan {'TableName': '" + TABLE + "view'}",
                        List.of(need("Scan", "view"))),
                Arguments.of(
                        DescribeTableRequest.builder().tableName("view").build(),
                        "DescribeTable {'TableName': 'view'}",
                        List.of(need("DescribeTable", "view"))),
                Arguments.of(
                        TagResourceRequest.builder().resourceArn(TABLE + "view").build(),
                        "TagResource {'ResourceArn': '" + TABLE + "view'}",
                        List.of(need("TagResource", "view"))),
                Arguments.of(
                        ListTablesRequest.builder().build(),
                        "ListTables {}",
                        List.of(new Need("dynamodb:ListTables", "*"))));
    }

    /** Calls that need several permissions. */
    static Stream<Arguments> manyAtOnce() {
        return Stream.of(
                Arguments.of(
                        BatchGetItemRequest.builder()
                                .requestItems(Map.of(
                                        "view",
                                        KeysAndAttributes.builder().keys(KEY).build(),
                                        "events",
                                        KeysAndAttributes.builder().keys(KEY).build()))
                                .build(),
                        "BatchGetItem {'RequestItems': {'view': {'Keys': []}, 'events': {'Keys': []}}}",
                        List.of(need("BatchGetItem", "view"), need("BatchGetItem", "events"))),
                Arguments.of(
                        BatchWriteItemRequest.builder()
                                .requestItems(Map.of(
                                        "view",
                                        List.of(WriteRequest.builder()
                                                .putRequest(PutRequest.builder()
                                                        .item(KEY)
                                                        .build())
                                                .build())))
                                .build(),
                        "BatchWriteItem {'RequestItems': {'view': [{'PutRequest': {}}]}}",
                        List.of(need("BatchWriteItem", "view"))),
                Arguments.of(
                        TransactWriteItemsRequest.builder()
                                .transactItems(
                                        put("events"),
                                        put("events"),
                                        TransactWriteItem.builder()
                                                .conditionCheck(check -> check.tableName("events"))
                                                .build(),
                                        TransactWriteItem.builder()
                                                .update(update -> update.tableName("view"))
                                                .build(),
                                        TransactWriteItem.builder()
                                                .delete(delete -> delete.tableName("view"))
                                                .build())
                                .build(),
                        "TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'events'}},"
                                + " {'ConditionCheck': {'TableName': 'events'}}, {'Update': {'TableName': 'view'}},"
                                + " {'Delete': {'TableName': 'view'}}]}",
                        List.of(
                                within("TransactWriteItems", "PutItem", "events"),
                                within("TransactWriteItems", "ConditionCheckItem", "events"),
                                within("TransactWriteItems", "UpdateItem", "view"),
                                within("TransactWriteItems", "DeleteItem", "view"))),
                Arguments.of(
                        TransactGetItemsRequest.builder()
                                .transactItems(item -> item.get(get -> get.tableName("view")))
                                .build(),
                        "TransactGetItems {'TransactItems': [{'Get': {'TableName': 'view'}}]}",
                        List.of(within("TransactGetItems", "GetItem", "view"))));
    }

    @ParameterizedTest
    @MethodSource({"calls", "manyAtOnce"})
    void what_a_call_needs_is_the_same_in_process_and_on_the_wire(
            DynamoDbRequest request, String wire, List<Need> needs) throws IOException {
        assertThat(DynamoDbPermissions.of(request)).containsExactlyInAnyOrderElementsOf(needs);

        int space = wire.indexOf(' ');
        JsonNode body = Json.mapper().readTree(wire.substring(space).replace('\'', '"'));
        assertThat(DynamoDbPermissions.of("DynamoDB_20120810." + wire.substring(0, space), body))
                .containsExactlyInAnyOrderElementsOf(needs);
    }
}
