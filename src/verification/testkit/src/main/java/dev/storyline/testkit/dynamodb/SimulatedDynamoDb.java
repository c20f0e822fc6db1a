package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.onlyKnown;
import static dev.storyline.testkit.dynamodb.Refusals.unsupported;
import static dev.storyline.testkit.dynamodb.Refusals.validation;

import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.testkit.dynamodb.Table.ItemKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A DynamoDB for simulations. It answers at once, in the caller's thread, and the same calls have the same answers in
 * every run. Each call is atomic and each read is consistent. It supports the operations overridden here and the
 * request forms that Storyline sends; any other request throws an {@link UnsupportedOperationException}. Requests that
 * DynamoDB refuses are refused with the same exception and code.
 */
public final class SimulatedDynamoDb implements DynamoDbClient {
    private static final int MOST_PARTS = 100;
    private static final int LARGEST_TRANSACTION = 4 * 1024 * 1024;
    private static final int MOST_KEYS_AT_ONCE = 100;
    private static final int LARGEST_BATCH = 16 * 1024 * 1024;
    private static final int MOST_WRITES_AT_ONCE = 25;

    private static final Set<String> KNOWN_OF_TABLES = Set.of(
            "TableName",
            "KeySchema",
            "AttributeDefinitions",
            "BillingMode",
            "ProvisionedThroughput",
            "StreamSpecification");
    private static final Set<String> KNOWN_OF_READS = Set.of(
            "TableName",
            "Key",
            "Keys",
            "KeyConditionExpression",
            "ProjectionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ScanIndexForward",
            "ExclusiveStartKey",
            "Limit",
            "Segment",
            "TotalSegments",
            "ConsistentRead",
            "ReturnConsumedCapacity");
    private static final Set<String> KNOWN_OF_BATCHES = Set.of("RequestItems", "ReturnConsumedCapacity");
    /** The token is handled separately, because the SDK generates one when an unset token is read. */
    private static final Set<String> KNOWN_OF_TRANSACTIONS =
            Set.of("TransactItems", "ReturnConsumedCapacity", "ClientRequestToken");

    private final Map<String, Table> tables = new HashMap<>();

    /** Creates a database without tables. */
    public SimulatedDynamoDb() {}

    /** Creates a database with all tables of a deployment. */
    public static SimulatedDynamoDb with(Deployment deployment) {
        SimulatedDynamoDb dynamo = new SimulatedDynamoDb();
        for (Deployment.Table table : deployment.tables()) {
            CreateTableRequest.Builder request = CreateTableRequest.builder()
                    .tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(table.attributes().entrySet().stream()
                            .map(one -> AttributeDefinition.builder()
                                    .attributeName(one.getKey())
                                    .attributeType(one.getValue())
                                    .build())
                            .toList())
                    .keySchema(table.keys().entrySet().stream()
                            .map(one -> KeySchemaElement.builder()
                                    .attributeName(one.getKey())
                                    .keyType(one.getValue())
                                    .build())
                            .toList());
            if (table.streamed()) {
                request.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
            }
            dynamo.createTable(request.build());
        }
        return dynamo;
    }

    /**
     * A record of a table's stream.
     *
     * @param sequence its number in the table, from 1 without gaps
     * @param eventName INSERT, MODIFY or REMOVE
     * @param keys the key attributes of the item
     * @param newImage the item after the change; null for REMOVE
     */
    public record Change(
            long sequence,
            String eventName,
            Map<String, AttributeValue> keys,
            @Nullable Map<String, AttributeValue> newImage) {}

    /**
     * Returns the changes of a table, oldest first.
     *
     * @param after the sequence of the last change that is already known; 0 for all
     * @throws IllegalArgumentException if the table was created without a stream
     */
    public synchronized List<Change> changes(String table, long after) {
        return table(table).changes(after);
    }

    @Override
    public synchronized CreateTableResponse createTable(CreateTableRequest request) {
        onlyKnown(request, KNOWN_OF_TABLES);
        if (tables.containsKey(request.tableName())) {
            throw Refusals.present(request.tableName());
        }
        Table table = new Table(request);
        tables.put(request.tableName(), table);
        return CreateTableResponse.builder()
                .tableDescription(table.description())
                .build();
    }

    @Override
    public synchronized DescribeTableResponse describeTable(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(table(request.tableName()).description())
                .build();
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw Refusals.missing(name);
        }
        return table;
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        nothingReturned(request.returnValues());
        return PutItemResponse.builder()
                .consumedCapacity(written(request, request.returnConsumedCapacity()))
                .build();
    }

    @Override
    public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
        nothingReturned(request.returnValues());
        return DeleteItemResponse.builder()
                .consumedCapacity(written(request, request.returnConsumedCapacity()))
                .build();
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        nothingReturned(request.returnValues());
        return UpdateItemResponse.builder()
                .consumedCapacity(written(request, request.returnConsumedCapacity()))
                .build();
    }

    /** Writes the one item of a request, and returns the capacity that it consumed if the request asks for it. */
    private @Nullable ConsumedCapacity written(SdkPojo request, @Nullable ReturnConsumedCapacity wanted) {
        Write write = Write.of(request, this::table);
        return Capacity.of(wanted, write.table(), write.perform());
    }

    private static void nothingReturned(@Nullable ReturnValue wanted) {
        if (wanted != null && wanted != ReturnValue.NONE) {
            throw unsupported("ReturnValues = " + wanted);
        }
    }

    @Override
    public synchronized TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        onlyKnown(request, KNOWN_OF_TRANSACTIONS);
        if (request.clientRequestToken() != null) {
            throw unsupported("ClientRequestToken");
        }
        List<TransactWriteItem> parts = request.transactItems();
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw validation("Member must have length from 1 to " + MOST_PARTS + ", not " + parts.size());
        }
        List<Write> writes = parts.stream()
                .map(part -> Write.of(onlyAction(part), this::table))
                .toList();
        List<Map<String, AttributeValue>> after = decided(writes);
        if (after.stream().mapToInt(ItemSize::bytes).sum() > LARGEST_TRANSACTION) {
            throw validation("Collection size exceeds the limit of 4 MB in a transaction");
        }
        Map<Table, Integer> units = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            units.merge(writes.get(i).table(), 2 * writes.get(i).put(after.get(i)), Integer::sum);
        }
        return TransactWriteItemsResponse.builder()
                .consumedCapacity(Capacity.of(request.returnConsumedCapacity(), units))
                .build();
    }

    private static SdkPojo onlyAction(TransactWriteItem part) {
        List<SdkPojo> actions = Stream.of(part.put(), part.update(), part.delete(), part.conditionCheck())
                .filter(Objects::nonNull)
                .map(SdkPojo.class::cast)
                .toList();
        if (actions.size() != 1) {
            throw validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        return actions.getFirst();
    }

    /** Returns the items after the writes. */
    private static List<Map<String, AttributeValue>> decided(List<Write> writes) {
        Map<Table, Set<ItemKey>> seen = new HashMap<>();
        List<Map<String, AttributeValue>> after = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        boolean twice = false;
        for (Write write : writes) {
            CancellationReason.Builder reason = CancellationReason.builder().code("None");
            try {
                Map<String, AttributeValue> before = write.before();
                twice |= !seen.computeIfAbsent(write.table(), unseen -> new HashSet<>())
                        .add(write.at().get());
                if (write.condition().test(before)) {
                    after.add(write.change().apply(before));
                } else {
                    reason.code("ConditionalCheckFailed")
                            .message("The conditional request failed")
                            .item(write.shownBefore());
                }
            } catch (DynamoDbException e) {
                reason.code("ValidationError").message(e.awsErrorDetails().errorMessage());
            }
            reasons.add(reason.build());
        }
        if (twice) {
            throw validation("Transaction request cannot include multiple operations on one item");
        }
        if (after.size() < writes.size()) {
            throw Refusals.cancelled(reasons);
        }
        return after;
    }

    @Override
    public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        onlyKnown(request, KNOWN_OF_BATCHES);
        List<Write> writes = new ArrayList<>();
        for (Map.Entry<String, List<WriteRequest>> entry : inOrder(request.requestItems())) {
            Set<ItemKey> seen = new HashSet<>();
            for (WriteRequest one : entry.getValue()) {
                Write write = write(entry.getKey(), one);
                if (!seen.add(write.at().get())) {
                    throw validation("Provided list of item keys contains duplicates");
                }
                writes.add(write);
            }
        }
        if (writes.isEmpty() || writes.size() > MOST_WRITES_AT_ONCE) {
            throw validation("Too many items requested for the BatchWriteItem call, or none");
        }
        Map<Table, Integer> units = new LinkedHashMap<>();
        writes.forEach(write -> units.merge(write.table(), write.perform(), Integer::sum));
        return BatchWriteItemResponse.builder()
                .unprocessedItems(Map.of())
                .consumedCapacity(Capacity.of(request.returnConsumedCapacity(), units))
                .build();
    }

    private Write write(String table, WriteRequest one) {
        PutRequest put = one.putRequest();
        DeleteRequest delete = one.deleteRequest();
        if ((put == null) == (delete == null)) {
            throw validation("Supplied WriteRequest must have exactly one of PutRequest and DeleteRequest");
        }
        return put == null
                ? Write.of(Delete.builder().tableName(table).key(delete.key()).build(), this::table)
                : Write.of(Put.builder().tableName(table).item(put.item()).build(), this::table);
    }

    /** Sorts the entries by key, since the order of a caller's map may differ from run to run. */
    private static <V> Set<Map.Entry<String, V>> inOrder(Map<String, V> byTable) {
        return new TreeMap<>(byTable).entrySet();
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        Table table = table(request.tableName());
        UnaryOperator<Map<String, AttributeValue>> projection =
                projection(request, request.projectionExpression(), request.expressionAttributeNames());
        Map<String, AttributeValue> item = table.get(table.exactKey(CanonicalValues.kept(request.key())));
        return GetItemResponse.builder()
                .item(item.isEmpty() ? null : projection.apply(item))
                .consumedCapacity(Capacity.of(
                        request.returnConsumedCapacity(),
                        table,
                        Capacity.readUnits(ItemSize.bytes(item), request.consistentRead())))
                .build();
    }

    /** Reads the projection of a request that has no expression values. */
    private static UnaryOperator<Map<String, AttributeValue>> projection(
            SdkPojo request, @Nullable String expression, Map<String, String> names) {
        onlyKnown(request, KNOWN_OF_READS);
        Expressions expressions = new Expressions(names, DefaultSdkAutoConstructMap.getInstance());
        UnaryOperator<Map<String, AttributeValue>> projection = expressions.projection(expression);
        expressions.allUsed();
        return projection;
    }

    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        onlyKnown(request, KNOWN_OF_BATCHES);
        Map<String, List<Map<String, AttributeValue>>> found = new TreeMap<>();
        Map<String, KeysAndAttributes> unprocessed = new TreeMap<>();
        Map<Table, Double> units = new LinkedHashMap<>();
        int bytes = 0;
        int asked = 0;
        for (Map.Entry<String, KeysAndAttributes> entry : inOrder(request.requestItems())) {
            KeysAndAttributes wanted = entry.getValue();
            Table table = table(entry.getKey());
            UnaryOperator<Map<String, AttributeValue>> projection =
                    projection(wanted, wanted.projectionExpression(), wanted.expressionAttributeNames());
            Set<ItemKey> seen = new HashSet<>();
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            List<Map<String, AttributeValue>> open = new ArrayList<>();
            for (Map<String, AttributeValue> key : wanted.keys()) {
                ItemKey itemKey = table.exactKey(CanonicalValues.kept(key));
                if (!seen.add(itemKey)) {
                    throw validation("Provided list of item keys contains duplicates");
                }
                Map<String, AttributeValue> item = table.get(itemKey);
                int size = ItemSize.bytes(item);
                if (bytes + size > LARGEST_BATCH) {
                    open.add(key);
                    continue;
                }
                bytes += size;
                units.merge(table, Capacity.readUnits(size, wanted.consistentRead()), Double::sum);
                if (!item.isEmpty()) {
                    items.add(projection.apply(item));
                }
            }
            asked += seen.size();
            found.put(entry.getKey(), items);
            if (!open.isEmpty()) {
                unprocessed.put(entry.getKey(), wanted.toBuilder().keys(open).build());
            }
        }
        if (asked == 0 || asked > MOST_KEYS_AT_ONCE) {
            throw validation("Too many items requested for the BatchGetItem call, or none");
        }
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(unprocessed)
                .consumedCapacity(Capacity.of(request.returnConsumedCapacity(), units))
                .build();
    }

    @Override
    public synchronized QueryResponse query(QueryRequest request) {
        onlyKnown(request, KNOWN_OF_READS);
        Table table = table(request.tableName());
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Expressions.KeyCondition keys = expressions.keys(request.keyConditionExpression(), table);
        UnaryOperator<Map<String, AttributeValue>> projection = expressions.projection(request.projectionExpression());
        expressions.allUsed();
        Table.QueryPage page = table.query(
                keys.partition(),
                keys.range(),
                !Boolean.FALSE.equals(request.scanIndexForward()),
                request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null,
                limit(request.limit()));
        return QueryResponse.builder()
                .items(page.items().stream().map(projection).toList())
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last())
                .consumedCapacity(Capacity.of(
                        request.returnConsumedCapacity(),
                        table,
                        Capacity.readUnits(page.bytes(), request.consistentRead())))
                .build();
    }

    @Override
    public synchronized ScanResponse scan(ScanRequest request) {
        Table table = table(request.tableName());
        UnaryOperator<Map<String, AttributeValue>> projection =
                projection(request, request.projectionExpression(), request.expressionAttributeNames());
        int of = request.totalSegments() == null ? 1 : request.totalSegments();
        int segment = request.segment() == null ? 0 : request.segment();
        if ((request.totalSegments() == null) != (request.segment() == null) || segment < 0 || segment >= of) {
            throw validation("The Segment parameter " + segment + " must be less than TotalSegments " + of);
        }
        Table.QueryPage page = table.scan(
                segment,
                of,
                request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null,
                limit(request.limit()));
        return ScanResponse.builder()
                .items(page.items().stream().map(projection).toList())
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last())
                .consumedCapacity(Capacity.of(
                        request.returnConsumedCapacity(),
                        table,
                        Capacity.readUnits(page.bytes(), request.consistentRead())))
                .build();
    }

    private static int limit(@Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw validation("Limit must be greater than or equal to 1, not " + limit);
        }
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Does nothing: there is nothing to close. */
    @Override
    public void close() {}
}
