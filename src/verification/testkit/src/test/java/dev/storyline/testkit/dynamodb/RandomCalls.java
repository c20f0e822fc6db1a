package dev.storyline.testkit.dynamodb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Generates calls over few keys, so that they collide. */
final class RandomCalls {
    private static final List<String> NUMBERS = List.of("0", "1", "1.0", "2", "-3", "10", "2.50", "1E2");
    private static final List<String> TEXTS = List.of("a", "b", "ab", "", "ä", "\uff5e", "\uD83D\uDE00");
    private static final List<String> SORTS = List.of("a", "b", "ab", "B", "ä", "\uff5e", "\uD83D\uDE00");

    private final Random random;
    final String events = "events-" + UUID.randomUUID();
    private final String view = "view-" + UUID.randomUUID();

    RandomCalls(Random random) {
        this.random = random;
    }

    void createTables(DynamoDbClient client) {
        client.createTable(table(events, ScalarAttributeType.N)
                .streamSpecification(one -> one.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
                .build());
        client.createTable(table(view, ScalarAttributeType.S).build());
    }

    private static CreateTableRequest.Builder table(String name, ScalarAttributeType sort) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("pk").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("sk").attributeType(sort))
                .keySchema(
                        one -> one.attributeName("pk").keyType(KeyType.HASH),
                        one -> one.attributeName("sk").keyType(KeyType.RANGE));
    }

    private boolean rarely() {
        return random.nextInt(25) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String table() {
        return one(List.of(events, view));
    }

    private AttributeValue partition() {
        return AttributeValue.fromS("p" + random.nextInt(4));
    }

    private AttributeValue sort(String table) {
        return table.equals(view) != rarely() ? AttributeValue.fromS(one(SORTS)) : AttributeValue.fromN(one(NUMBERS));
    }

    private Map<String, AttributeValue> key(String table) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put("pk", partition());
        key.put("sk", sort(table));
        if (rarely()) {
            key.remove(one(List.of("pk", "sk")));
        }
        return key;
    }

    private AttributeValue value() {
        return switch (random.nextInt(6)) {
            case 0 -> AttributeValue.fromS(one(TEXTS));
            case 1 -> AttributeValue.fromBool(random.nextBoolean());
            case 2 -> AttributeValue.fromL(List.of(AttributeValue.fromN(one(NUMBERS))));
            case 3 -> AttributeValue.fromM(Map.of("in", AttributeValue.fromN(one(NUMBERS))));
            default -> AttributeValue.fromN(rarely() ? "many" : one(NUMBERS));
        };
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        if (random.nextBoolean()) {
            item.put("x", value());
        }
        if (random.nextBoolean()) {
            item.put("sum", AttributeValue.fromN(one(NUMBERS)));
        }
        if (random.nextInt(100) == 0) {
            item.put("large", AttributeValue.fromS("x".repeat(409_000 + random.nextInt(1_000))));
        }
        return item;
    }

    /** The clauses that a write may have besides its key. */
    private final class Clauses {
        private final List<String> terms = new ArrayList<>();
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, AttributeValue> values = new HashMap<>();

        /** Returns a condition; may return none if a condition is optional. */
        @Nullable
        String condition(boolean must) {
            int count = must ? 1 + random.nextInt(2) : Math.max(0, random.nextInt(6) - 3);
            for (int i = 0; i < count; i++) {
                String name = "#c" + i;
                names.put(name, one(List.of("pk", "sk", "x", "sum")));
                switch (random.nextInt(3)) {
                    case 0 -> terms.add("attribute_exists(" + name + ")");
                    case 1 -> terms.add("attribute_not_exists(" + name + ")");
                    default -> {
                        names.put(name, one(List.of("x", "sum")));
                        terms.add(name + " = :c" + i);
                        values.put(":c" + i, value());
                    }
                }
            }
            if (rarely() && count > 0) {
                names.put("#unused", "x");
            }
            if (rarely() && count > 0) {
                names.remove("#c0");
            }
            return count == 0 ? null : String.join(" AND ", terms);
        }

        String update() {
            boolean adds = random.nextBoolean();
            List<String> actions = new ArrayList<>();
            List<String> targets = adds ? List.of("sum", "count", "x") : List.of("x", "y", "z");
            int count = 1 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                names.put("#a" + i, rarely() ? "sk" : one(targets));
                values.put(":a" + i, adds ? AttributeValue.fromN(one(NUMBERS)) : value());
                actions.add("#a" + i + (adds ? " :a" : " = :a") + i);
            }
            return (adds ? "ADD " : "SET ") + String.join(", ", actions);
        }

        @Nullable
        Map<String, String> names() {
            return names.isEmpty() ? null : names;
        }

        @Nullable
        Map<String, AttributeValue> values() {
            return values.isEmpty() ? null : values;
        }

        ReturnValuesOnConditionCheckFailure shown() {
            return random.nextBoolean()
                    ? ReturnValuesOnConditionCheckFailure.ALL_OLD
                    : ReturnValuesOnConditionCheckFailure.NONE;
        }
    }

    RandomCall next() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> put();
            case 2 -> delete();
            case 3 -> update();
            case 4 -> get();
            case 5 -> batchGet();
            case 6 -> batchWrite();
            case 7 -> query();
            case 8 -> scan();
            default -> transaction();
        };
    }

    private RandomCall put() {
        String table = table();
        Clauses clauses = new Clauses();
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(item(key(table)))
                .conditionExpression(clauses.condition(false))
                .expressionAttributeNames(clauses.names())
                .expressionAttributeValues(clauses.values())
                .returnValuesOnConditionCheckFailure(clauses.shown())
                .build();
        return new RandomCall(
                request,
                client ->
                        RandomCall.Answer.ok(List.of(), client.putItem(request).hasAttributes()));
    }

    private RandomCall delete() {
        String table = table();
        Clauses clauses = new Clauses();
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(key(table))
                .conditionExpression(clauses.condition(false))
                .expressionAttributeNames(clauses.names())
                .expressionAttributeValues(clauses.values())
                .returnValuesOnConditionCheckFailure(clauses.shown())
                .build();
        return new RandomCall(
                request,
                client -> RandomCall.Answer.ok(
                        List.of(), client.deleteItem(request).hasAttributes()));
    }

    private RandomCall update() {
        String table = table();
        Clauses clauses = new Clauses();
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key(table))
                .conditionExpression(clauses.condition(false))
                .updateExpression(clauses.update())
                .expressionAttributeNames(clauses.names())
                .expressionAttributeValues(clauses.values())
                .returnValuesOnConditionCheckFailure(clauses.shown())
                .build();
        return new RandomCall(
                request,
                client -> RandomCall.Answer.ok(
                        List.of(), client.updateItem(request).hasAttributes()));
    }

    private RandomCall get() {
        String table = table();
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key(table))
                .consistentRead(true)
                .projectionExpression(random.nextBoolean() ? "#x, #pk" : null)
                .build();
        GetItemRequest named = request.projectionExpression() == null
                ? request
                : request.toBuilder()
                        .expressionAttributeNames(Map.of("#x", "x", "#pk", "pk"))
                        .build();
        return new RandomCall(named, client -> {
            var response = client.getItem(named);
            return RandomCall.Answer.ok(List.of(response.item()), response.hasItem());
        });
    }

    /** Generates a batch of reads. DynamoDB Local does not recognize 1 and 1.0 as one key, so no batch asks for both. */
    private RandomCall batchGet() {
        Map<String, KeysAndAttributes> asked = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            String table = table();
            HashSet<Map<String, AttributeValue>> keys = new HashSet<>();
            for (int k = random.nextInt(4); k >= 0; k--) {
                keys.add(CanonicalValues.kept(key(table)));
            }
            asked.put(
                    table,
                    KeysAndAttributes.builder().consistentRead(true).keys(keys).build());
        }
        BatchGetItemRequest request =
                BatchGetItemRequest.builder().requestItems(asked).build();
        return new RandomCall(request, client -> {
            var response = client.batchGetItem(request);
            Map<String, HashSet<Map<String, AttributeValue>>> items = new TreeMap<>();
            response.responses()
                    .forEach((table, found) ->
                            found.forEach(item -> items.computeIfAbsent(table, absent -> new HashSet<>())
                                    .add(CanonicalValues.kept(item))));
            return RandomCall.Answer.ok(List.of(), items);
        });
    }

    private RandomCall batchWrite() {
        Map<String, List<WriteRequest>> asked = new HashMap<>();
        String table = table();
        List<WriteRequest> writes = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            writes.add(
                    random.nextBoolean()
                            ? WriteRequest.builder()
                                    .putRequest(put -> put.item(item(CanonicalValues.kept(key(table)))))
                                    .build()
                            : WriteRequest.builder()
                                    .deleteRequest(delete -> delete.key(CanonicalValues.kept(key(table))))
                                    .build());
        }
        asked.put(table, writes);
        BatchWriteItemRequest request =
                BatchWriteItemRequest.builder().requestItems(asked).build();
        return new RandomCall(
                request,
                client -> RandomCall.Answer.ok(
                        List.of(),
                        client.batchWriteItem(request).unprocessedItems().isEmpty()));
    }

    private RandomCall query() {
        String table = table();
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", partition()));
        Map<String, String> names = new HashMap<>(Map.of("#pk", "pk"));
        String sort = one(List.of(
                "",
                " AND #sk = :a",
                " AND #sk > :a",
                " AND #sk >= :a",
                " AND #sk < :a",
                " AND #sk <= :a",
                " AND #sk BETWEEN :a AND :b"));
        if (!sort.isEmpty()) {
            names.put("#sk", "sk");
            values.put(":a", sort(table));
        }
        if (sort.contains(":b")) {
            values.put(":b", sort(table));
        }
        // At the last possible key of a range, DynamoDB Local ends without naming the key, and refuses to start there.
        boolean inclusive = sort.contains(">=") || sort.contains("<=") || sort.contains("BETWEEN");
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#pk = :pk" + sort)
                .consistentRead(random.nextBoolean())
                .scanIndexForward(one(List.of(true, false)))
                .limit(inclusive || random.nextBoolean() ? null : 1 + random.nextInt(4));
        if (random.nextInt(4) == 0) {
            Map<String, AttributeValue> start = new HashMap<>(key(table));
            if (!rarely()) {
                start.put("pk", requireNonNull(values.get(":pk")));
            }
            if (values.values().stream()
                    .map(CanonicalValues::kept)
                    .noneMatch(value -> value.equals(CanonicalValues.kept(start).get("sk")))) {
                request.exclusiveStartKey(start);
            }
        }
        if (random.nextInt(4) == 0) {
            names.put("#x", "x");
            request.projectionExpression("#x, #pk");
        }
        QueryRequest query = request.expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        return new RandomCall(query, client -> {
            var page = client.query(query);
            return RandomCall.Answer.ok(
                    page.items(),
                    List.of(page.count(), page.hasLastEvaluatedKey(), CanonicalValues.kept(page.lastEvaluatedKey())));
        });
    }

    /**
     * Generates whole scans, because DynamoDB promises no order of partitions: only the items of each partition are in
     * order.
     */
    private RandomCall scan() {
        String table = table();
        int limit = 1 + random.nextInt(5);
        int segments = 1 + random.nextInt(3);
        ScanRequest first = ScanRequest.builder()
                .tableName(table)
                .limit(limit)
                .totalSegments(segments)
                .build();
        return new RandomCall(first, client -> {
            Map<String, List<Map<String, AttributeValue>>> items = new TreeMap<>();
            for (int segment = 0; segment < segments; segment++) {
                Map<String, AttributeValue> after = Map.of();
                do {
                    ScanResponse page = client.scan(first.toBuilder()
                            .segment(segment)
                            .exclusiveStartKey(after.isEmpty() ? null : after)
                            .build());
                    page.items()
                            .forEach(item -> items.computeIfAbsent(
                                            requireNonNull(item.get("pk")).s(), absent -> new ArrayList<>())
                                    .add(CanonicalValues.kept(item)));
                    after = page.lastEvaluatedKey();
                } while (!after.isEmpty());
            }
            return RandomCall.Answer.ok(List.of(), items);
        });
    }

    /**
     * Generates a transaction with each item once: for a repeated item, DynamoDB Local, unlike AWS, checks the
     * conditions first.
     */
    private RandomCall transaction() {
        Map<Object, TransactWriteItem> parts = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String table = table();
            Map<String, AttributeValue> key = key(table);
            parts.put(List.of(table, CanonicalValues.kept(key)), part(table, key));
        }
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(parts.values())
                .build();
        return new RandomCall(
                request,
                client -> RandomCall.Answer.ok(
                        List.of(), client.transactWriteItems(request).hasConsumedCapacity()));
    }

    private TransactWriteItem part(String table, Map<String, AttributeValue> key) {
        Clauses clauses = new Clauses();
        return switch (random.nextInt(4)) {
            case 0 ->
                TransactWriteItem.builder()
                        .put(Put.builder()
                                .tableName(table)
                                .item(item(key))
                                .conditionExpression(clauses.condition(false))
                                .expressionAttributeNames(clauses.names())
                                .expressionAttributeValues(clauses.values())
                                .returnValuesOnConditionCheckFailure(clauses.shown())
                                .build())
                        .build();
            case 1 ->
                TransactWriteItem.builder()
                        .delete(Delete.builder()
                                .tableName(table)
                                .key(key)
                                .conditionExpression(clauses.condition(false))
                                .expressionAttributeNames(clauses.names())
                                .expressionAttributeValues(clauses.values())
                                .returnValuesOnConditionCheckFailure(clauses.shown())
                                .build())
                        .build();
            case 2 ->
                TransactWriteItem.builder()
                        .conditionCheck(ConditionCheck.builder()
                                .tableName(table)
                                .key(key)
                                .conditionExpression(clauses.condition(true))
                                .expressionAttributeNames(clauses.names())
                                .expressionAttributeValues(clauses.values())
                                .returnValuesOnConditionCheckFailure(clauses.shown())
                                .build())
                        .build();
            default ->
                TransactWriteItem.builder()
                        .update(Update.builder()
                                .tableName(table)
                                .key(key)
                                .conditionExpression(clauses.condition(false))
                                .updateExpression(clauses.update())
                                .expressionAttributeNames(clauses.names())
                                .expressionAttributeValues(clauses.values())
                                .returnValuesOnConditionCheckFailure(clauses.shown())
                                .build())
                        .build();
        };
    }
}
