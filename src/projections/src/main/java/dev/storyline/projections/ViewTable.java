package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.eventstore.Json;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * A view on its table: rows and fold items under {@code pk} and {@code sk}. Throws
 * {@link dev.storyline.eventstore.StoreFailure} where DynamoDB cannot do its part.
 */
public final class ViewTable implements View {
    static final String PARTITION = "pk";
    static final String SORT = "sk";
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private final DynamoDbClient dynamo;
    private final String table;
    private final String machine;
    private final boolean consistent;

    private ViewTable(DynamoDbClient dynamo, String table, String machine, boolean consistent) {
        this.dynamo = dynamo;
        this.table = table;
        this.machine = machine;
        this.consistent = consistent;
    }

    /**
     * A view that is read eventually consistent, at half the price.
     *
     * @param table key: {@code pk} S as partition, {@code sk} S as sort
     * @param projection the declared name of the projection that writes it
     */
    public static ViewTable of(DynamoDbClient dynamo, String table, String projection) {
        return new ViewTable(dynamo, table, projection, false);
    }

    /** The same view with every read consistent. */
    public ViewTable consistent() {
        return new ViewTable(dynamo, table, machine, true);
    }

    @Override
    public Head head(StreamId stream) {
        FoldItem fold = foldOf(stream, consistent);
        return fold == null ? Head.NONE : new Head(fold.pos(), fold.parked(), fold.own());
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        Map<String, AttributeValue> item = get(key(key), consistent);
        return item == null ? null : row(item, type);
    }

    @Override
    public <R extends Record> Page<R> rows(String partition, String after, Class<R> type) {
        QueryRequest.Builder query = QueryRequest.builder().tableName(table).consistentRead(consistent);
        if (after.isEmpty()) {
            query.keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", PARTITION))
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)));
        } else {
            query.keyConditionExpression("#pk = :pk AND #sk > :after")
                    .expressionAttributeNames(Map.of("#pk", PARTITION, "#sk", SORT))
                    .expressionAttributeValues(
                            Map.of(":pk", AttributeValue.fromS(partition), ":after", AttributeValue.fromS(after)));
        }
        List<R> rows = new ArrayList<>();
        int bytes = 0;
        while (true) {
            QueryRequest page = query.build();
            QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(page));
            for (Map<String, AttributeValue> item : response.items()) {
                if (!sort(item).startsWith(FoldItem.SORT_PREFIX)) {
                    rows.add(row(item, type));
                }
                bytes += ItemSize.bytes(item);
            }
            Map<String, AttributeValue> last = response.lastEvaluatedKey();
            if (!response.hasLastEvaluatedKey() || last.isEmpty()) {
                return new Page<>(rows, null);
            }
            if (bytes >= PAGE_BYTES) {
                return new Page<>(rows, sort(last));
            }
            query.exclusiveStartKey(last);
        }
    }

    private static String sort(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(SORT)).s();
    }

    private static <R extends Record> R row(Map<String, AttributeValue> item, Class<R> type) {
        return Json.mapper().convertValue(Attributes.fields(item), type);
    }

    @Nullable
    FoldItem fold(StreamId stream) {
        return foldOf(stream, true);
    }

    private @Nullable FoldItem foldOf(StreamId stream, boolean strong) {
        Map<String, AttributeValue> item = get(FoldItem.key(stream, machine), strong);
        return item == null ? null : FoldItem.read(item);
    }

    private @Nullable Map<String, AttributeValue> get(Map<String, AttributeValue> key, boolean strong) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(strong)
                .build();
        GetItemResponse response = DynamoDbFailures.call(() -> dynamo.getItem(request));
        return response.hasItem() ? response.item() : null;
    }

    /**
     * Writes a fold item as its next revision together with rows, all or nothing.
     *
     * @param fold the item to write, still with the revision it was read with
     * @return false if somebody else has written the item meanwhile, or is writing one of the rows: read again
     */
    boolean write(StreamId stream, FoldItem fold, Map<RowKey, RowWrite> rows) {
        FoldItem next = new FoldItem(
                fold.pos(), fold.commit(), fold.state(), fold.machine(), fold.rev() + 1, fold.parked(), fold.own());
        Map<String, AttributeValue> item = next.item(stream, machine);
        return rows.isEmpty() ? put(item, fold.rev()) : transact(item, fold.rev(), rows);
    }

    private boolean put(Map<String, AttributeValue> item, long rev) {
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(unchanged(rev))
                .expressionAttributeNames(unchangedNames(rev));
        if (rev > 0) {
            put.expressionAttributeValues(unchangedValues(rev));
        }
        try {
            DynamoDbFailures.call(() -> dynamo.putItem(put.build()));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            return false;
        }
    }

    private boolean transact(Map<String, AttributeValue> item, long rev, Map<RowKey, RowWrite> rows) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table)
                            .item(item)
                            .conditionExpression(unchanged(rev))
                            .expressionAttributeNames(unchangedNames(rev));
                    if (rev > 0) {
                        put.expressionAttributeValues(unchangedValues(rev));
                    }
                })
                .build());
        rows.forEach((key, write) -> parts.add(part(key, write)));
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request -> request.transactItems(parts)));
            return true;
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().map(CancellationReason::code).anyMatch("ValidationError"::equals)) {
                throw e;
            }
            return false;
        }
    }

    private static String unchanged(long rev) {
        return rev == 0 ? "attribute_not_exists(#pk)" : "#rev = :rev";
    }

    private static Map<String, String> unchangedNames(long rev) {
        return rev == 0 ? Map.of("#pk", PARTITION) : Map.of("#rev", "rev");
    }

    private static Map<String, AttributeValue> unchangedValues(long rev) {
        return Map.of(":rev", AttributeValue.fromN(Long.toString(rev)));
    }

    private TransactWriteItem part(RowKey key, RowWrite write) {
        return switch (write) {
            case RowWrite.Put(ObjectNode fields) -> {
                Map<String, AttributeValue> item = new HashMap<>(Attributes.item(fields));
                item.putAll(key(key));
                yield TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item))
                        .build();
            }
            case RowWrite.Remove() ->
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(key(key)))
                        .build();
            case RowWrite.Set(ObjectNode fields) -> update(key, "SET ", " = ", Attributes.item(fields));
            case RowWrite.Add(Map<String, BigDecimal> amounts) -> {
                Map<String, AttributeValue> values = new HashMap<>();
                amounts.forEach((name, amount) -> values.put(name, AttributeValue.fromN(amount.toPlainString())));
                yield update(key, "ADD ", " ", values);
            }
        };
    }

    private TransactWriteItem update(RowKey key, String verb, String link, Map<String, AttributeValue> attributes) {
        List<String> parts = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> {
            int n = parts.size();
            parts.add("#a" + n + link + ":a" + n);
            names.put("#a" + n, name);
            values.put(":a" + n, value);
        });
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(key))
                        .updateExpression(verb + String.join(", ", parts))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }

    private static Map<String, AttributeValue> key(RowKey key) {
        return Map.of(
                PARTITION, AttributeValue.fromS(key.partition()),
                SORT, AttributeValue.fromS(key.sort()));
    }
}
