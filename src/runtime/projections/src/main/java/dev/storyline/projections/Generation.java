package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * One generation of a view: its rows and fold items, which share the view's table with other generations under prefixes
 * of their own. The first generation, number 0, has none.
 */
final class Generation implements View {
    /** Rows in one transaction, beside the fold item. */
    static final int MAX_ROWS = 99;

    /** Bytes in one transaction, under DynamoDB's 4 MB. */
    static final int MAX_BYTES = 3_500_000;

    private static final String PARKED = "@parked";
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final int MOST_KEYS_AT_ONCE = 100;

    /** How often what DynamoDB left out of a batch is asked for again. */
    static final int MOST_ASKED = 20;

    private static final int LARGEST_ITEM = 400 * 1024;

    private final DynamoDbClient dynamo;
    private final String table;
    private final String machine;
    private final int number;
    private final boolean consistent;

    Generation(DynamoDbClient dynamo, String table, String machine, int number, boolean consistent) {
        this.dynamo = dynamo;
        this.table = table;
        this.machine = machine;
        this.number = number;
        this.consistent = consistent;
    }

    int number() {
        return number;
    }

    /** What the partition keys of a generation begin with. */
    static String prefix(int number) {
        return number == 0 ? "" : "@" + number + "/";
    }

    private Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(
                ViewTable.PARTITION, AttributeValue.fromS(prefix(number) + partition),
                ViewTable.SORT, AttributeValue.fromS(sort));
    }

    private Map<String, AttributeValue> key(RowKey key) {
        return key(key.partition(), key.sort());
    }

    Map<String, AttributeValue> foldKey(StreamId stream) {
        return key(stream.toString(), FoldItem.SORT_PREFIX + machine);
    }

    @Override
    public StreamPosition head(StreamId stream) {
        FoldItem fold = foldOf(stream, consistent);
        return fold == null ? StreamPosition.NONE : new StreamPosition(fold.pos(), fold.parked(), fold.own());
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        Map<String, AttributeValue> item = get(key(key), consistent);
        return item == null ? null : row(item, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type) {
        List<R> rows = new ArrayList<>();
        String next = items(partition, after, consistent, item -> {
            if (!sort(item).startsWith(FoldItem.SORT_PREFIX)) {
                rows.add(row(item, type));
            }
        });
        return new RowPage<>(rows, next);
    }

    /** Gives the items of a partition after a sort key, some 4 MB at most; the sort key to go on after, or null. */
    private @Nullable String items(
            String partition, String after, boolean strong, Consumer<Map<String, AttributeValue>> to) {
        QueryRequest.Builder query = QueryRequest.builder().tableName(table).consistentRead(strong);
        AttributeValue wanted = AttributeValue.fromS(prefix(number) + partition);
        if (after.isEmpty()) {
            query.keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", ViewTable.PARTITION))
                    .expressionAttributeValues(Map.of(":pk", wanted));
        } else {
            query.keyConditionExpression("#pk = :pk AND #sk > :after")
                    .expressionAttributeNames(Map.of("#pk", ViewTable.PARTITION, "#sk", ViewTable.SORT))
                    .expressionAttributeValues(Map.of(":pk", wanted, ":after", AttributeValue.fromS(after)));
        }
        int bytes = 0;
        while (true) {
            QueryRequest page = query.build();
            QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(page));
            for (Map<String, AttributeValue> item : response.items()) {
                to.accept(item);
                bytes += ItemSize.bytes(item);
            }
            Map<String, AttributeValue> last = response.lastEvaluatedKey();
            if (!response.hasLastEvaluatedKey() || last.isEmpty()) {
                return null;
            }
            if (bytes >= PAGE_BYTES) {
                return sort(last);
            }
            query.exclusiveStartKey(last);
        }
    }

    private static String sort(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(ViewTable.SORT)).s();
    }

    private static <R extends Record> R row(Map<String, AttributeValue> item, Class<R> type) {
        return Json.mapper().convertValue(AttributeValues.fields(item), type);
    }

    @Nullable
    FoldItem fold(StreamId stream) {
        return foldOf(stream, true);
    }

    private @Nullable FoldItem foldOf(StreamId stream, boolean strong) {
        Map<String, AttributeValue> item = get(foldKey(stream), strong);
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
     * Fold items, a hundred for each round trip; half a read unit or, where it is consistent, one for each started 4 KB.
     *
     * @return one for each stream that has one
     */
    Map<StreamId, FoldItem> folds(Set<StreamId> streams, boolean strong) {
        Map<Map<String, AttributeValue>, StreamId> keys = new HashMap<>();
        streams.forEach(stream -> keys.put(foldKey(stream), stream));
        Map<StreamId, FoldItem> found = new HashMap<>();
        batchGet(dynamo, table, keys.keySet(), strong, (key, item) -> {
            StreamId stream = keys.get(key);
            if (stream != null) {
                found.put(stream, FoldItem.read(item));
            }
        });
        return found;
    }

    /** Gives each item that is there with its key, a hundred for each round trip. */
    static void batchGet(
            DynamoDbClient dynamo,
            String table,
            Collection<Map<String, AttributeValue>> keys,
            boolean strong,
            BiConsumer<Map<String, AttributeValue>, Map<String, AttributeValue>> to) {
        List<Map<String, AttributeValue>> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += MOST_KEYS_AT_ONCE) {
            List<Map<String, AttributeValue>> some = all.subList(from, Math.min(all.size(), from + MOST_KEYS_AT_ONCE));
            Map<String, KeysAndAttributes> open = Map.of(
                    table,
                    KeysAndAttributes.builder()
                            .consistentRead(strong)
                            .keys(some)
                            .build());
            for (int asked = 1; !open.isEmpty(); asked++) {
                if (asked > MOST_ASKED) {
                    throw new StoreFailure.Throttled(
                            new IllegalStateException("DynamoDB leaves keys of a batch unread again and again"));
                }
                Map<String, KeysAndAttributes> left = open;
                var response = DynamoDbFailures.call(() -> dynamo.batchGetItem(request -> request.requestItems(left)));
                for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
                    to.accept(
                            Map.of(
                                    ViewTable.PARTITION, Objects.requireNonNull(item.get(ViewTable.PARTITION)),
                                    ViewTable.SORT, Objects.requireNonNull(item.get(ViewTable.SORT))),
                            item);
                }
                open = response.hasUnprocessedKeys() ? response.unprocessedKeys() : Map.of();
            }
        }
    }

    /** What stands in the register of parked streams. */
    record Standing(String stream, Parked parked) {}

    /** The streams at which the machine stands still, some 4 MB of them at most. */
    List<Standing> parked() {
        List<Standing> all = new ArrayList<>();
        items(PARKED, "", true, item -> {
            if (sort(item).startsWith(FoldItem.SORT_PREFIX + machine + "#")) {
                all.add(row(item, Standing.class));
            }
        });
        return all;
    }

    /**
     * Writes a fold item as its next revision together with rows, all or nothing.
     *
     * @param before the item as it was read
     * @param next the item to write, still with the revision it was read with
     * @return false if somebody else has written the item meanwhile, or is writing one of the rows: read again
     */
    boolean write(StreamId stream, FoldItem before, FoldItem next, Map<RowKey, RowWrite> rows) {
        List<TransactWriteItem> parts = new ArrayList<>();
        boolean parkedMoves = !Objects.equals(before.parked(), next.parked());
        if (rows.isEmpty() && !parkedMoves) {
            return put(stream, next);
        }
        parts.add(foldPart(stream, next));
        rows.forEach((key, write) -> parts.add(part(key, write)));
        if (parkedMoves) {
            parts.add(registered(stream, next.parked()));
        }
        return transact(parts);
    }

    /** One stream's share of a transaction with others. */
    record Share(StreamId stream, FoldItem next, Map<RowKey, RowWrite> rows) {}

    /**
     * Writes the first fold items of several streams with their rows and summed totals, all or nothing.
     *
     * @return the streams that have a fold item already; nothing was written then. Empty where all was written. Null
     *     where somebody else is writing one of the rows
     */
    @Nullable
    Set<StreamId> begin(List<Share> shares) {
        List<TransactWriteItem> parts = new ArrayList<>();
        RowWrite.Merged all = new RowWrite.Merged();
        for (Share share : shares) {
            parts.add(foldPart(share.stream(), share.next()));
            share.rows().forEach(all::add);
        }
        all.writes().forEach((key, write) -> parts.add(part(key, write)));
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request -> request.transactItems(parts)));
            return Set.of();
        } catch (TransactionCanceledException e) {
            rethrowRefused(e);
            Set<StreamId> there = new HashSet<>();
            for (int i = 0; i < Math.min(shares.size(), e.cancellationReasons().size()); i++) {
                if ("ConditionalCheckFailed"
                        .equals(e.cancellationReasons().get(i).code())) {
                    there.add(shares.get(i).stream());
                }
            }
            return there.isEmpty() ? null : there;
        }
    }

    /** Writes a part of the rows of a claim, if the fold item still has this revision. */
    boolean writeClaimed(StreamId stream, long rev, Map<RowKey, RowWrite> rows) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(foldKey(stream))
                        .conditionExpression(unchanged(rev))
                        .expressionAttributeNames(unchangedNames(rev))
                        .expressionAttributeValues(unchangedValues(rev)))
                .build());
        rows.forEach((key, write) -> parts.add(part(key, write)));
        return transact(parts);
    }

    /** The most bytes that a write of these rows can take, the fold item aside. */
    static int bytes(Map<RowKey, RowWrite> rows) {
        if (rows.size() * (long) LARGEST_ITEM <= MAX_BYTES) {
            return 0;
        }
        int bytes = 0;
        for (Map.Entry<RowKey, RowWrite> row : rows.entrySet()) {
            bytes += bytes(row.getKey(), row.getValue());
        }
        return bytes;
    }

    static int bytes(RowKey key, RowWrite write) {
        int keyBytes = 2 * (key.partition().length() + key.sort().length()) + 32;
        return keyBytes
                + switch (write) {
                    case RowWrite.Put(ObjectNode fields) -> ItemSize.bytes(AttributeValues.item(fields));
                    case RowWrite.Set(ObjectNode fields) -> ItemSize.bytes(AttributeValues.item(fields));
                    case RowWrite.Remove() -> 0;
                    case RowWrite.Add(Map<String, BigDecimal> amounts) -> 64 * amounts.size();
                };
    }

    private boolean put(StreamId stream, FoldItem next) {
        long rev = next.rev();
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(next.written().item(foldKey(stream)))
                .conditionExpression(unchanged(rev))
                .expressionAttributeNames(unchangedNames(rev))
                .expressionAttributeValues(unchangedValues(rev));
        try {
            DynamoDbFailures.call(() -> dynamo.putItem(put.build()));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            return false;
        }
    }

    private boolean transact(List<TransactWriteItem> parts) {
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request -> request.transactItems(parts)));
            return true;
        } catch (TransactionCanceledException e) {
            rethrowRefused(e);
            return false;
        }
    }

    private static void rethrowRefused(TransactionCanceledException e) {
        if (e.cancellationReasons().stream().map(CancellationReason::code).anyMatch("ValidationError"::equals)) {
            throw e;
        }
    }

    private TransactWriteItem foldPart(StreamId stream, FoldItem next) {
        long rev = next.rev();
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(next.written().item(foldKey(stream)))
                        .conditionExpression(unchanged(rev))
                        .expressionAttributeNames(unchangedNames(rev))
                        .expressionAttributeValues(unchangedValues(rev)))
                .build();
    }

    /** The register of parked streams lets them be found without a scan. */
    private TransactWriteItem registered(StreamId stream, @Nullable Parked parked) {
        Map<String, AttributeValue> key = key(PARKED, FoldItem.SORT_PREFIX + machine + "#" + stream);
        if (parked == null) {
            return TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table).key(key))
                    .build();
        }
        Map<String, AttributeValue> item =
                new HashMap<>(AttributeValues.item(AttributeValues.fields(new Standing(stream.toString(), parked))));
        item.putAll(key);
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    private static String unchanged(long rev) {
        return rev == 0 ? "attribute_not_exists(#pk)" : "#rev = :rev";
    }

    private static Map<String, String> unchangedNames(long rev) {
        return rev == 0 ? Map.of("#pk", ViewTable.PARTITION) : Map.of("#rev", "rev");
    }

    private static @Nullable Map<String, AttributeValue> unchangedValues(long rev) {
        return rev == 0 ? null : Map.of(":rev", AttributeValue.fromN(Long.toString(rev)));
    }

    private TransactWriteItem part(RowKey key, RowWrite write) {
        return switch (write) {
            case RowWrite.Put(ObjectNode fields) -> {
                Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(fields));
                item.putAll(key(key));
                yield TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item))
                        .build();
            }
            case RowWrite.Remove() ->
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(key(key)))
                        .build();
            case RowWrite.Set(ObjectNode fields) -> update(key, "SET ", " = ", AttributeValues.item(fields));
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
}
