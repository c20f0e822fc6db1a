package dev.storyline.projections;

import dev.storyline.common.Json;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the rows, fold items and parked streams of one generation. */
final class GenerationReader implements View {
    private static final int PARKED_PART = 500;

    /** A page of more rows than these is not worth a limit of its own. */
    private static final int MOST_ASKED_FOR = 1_000;

    private final DynamoDbClient dynamo;
    private final String table;
    private final GenerationKeys keys;
    private final boolean consistent;

    GenerationReader(DynamoDbClient dynamo, String table, GenerationKeys keys, boolean consistent) {
        this.dynamo = dynamo;
        this.table = table;
        this.keys = keys;
        this.consistent = consistent;
    }

    @Override
    public StreamPosition head(StreamId stream) {
        FoldItem fold = foldOf(stream, consistent);
        return fold == null ? StreamPosition.NONE : new StreamPosition(fold.pos(), fold.parked(), fold.own());
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        Map<String, AttributeValue> item = get(keys.row(key), consistent);
        return item == null ? null : row(item, type);
    }

    @Override
    public <R extends Record> Map<RowKey, R> rows(Collection<RowKey> wanted, Class<R> type) {
        Map<Map<String, AttributeValue>, RowKey> places = new HashMap<>();
        wanted.forEach(key -> places.put(keys.row(key), key));
        Map<RowKey, R> found = new HashMap<>();
        BatchGet.items(dynamo, table, places.keySet(), consistent, (place, item) -> {
            RowKey key = places.get(place);
            if (key != null) {
                found.put(key, row(item, type));
            }
        });
        return found;
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        PageBuilder<R> page = new PageBuilder<>(size, type);
        QueryRequest.Builder query = query(partition, after, consistent);
        if (size.rows() <= MOST_ASKED_FOR) {
            // The stream's fold item may be among them, and one more tells whether there is a next page.
            query.limit(size.rows() + 2);
        }
        while (true) {
            QueryRequest request = query.build();
            QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(request));
            for (Map<String, AttributeValue> item : response.items()) {
                String sort = sort(item);
                if (!sort.startsWith(FoldItem.SORT_PREFIX) && !page.add(sort, AttributeValues.fields(item))) {
                    return page.cut();
                }
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return page.whole();
            }
            query.exclusiveStartKey(response.lastEvaluatedKey());
        }
    }

    @Override
    public View entity(StreamId stream) {
        return new EntityView(stream, head(stream), new GenerationReader(dynamo, table, keys, true));
    }

    private QueryRequest.Builder query(String partition, String after, boolean strong) {
        QueryRequest.Builder query = QueryRequest.builder().tableName(table).consistentRead(strong);
        AttributeValue wanted = AttributeValue.fromS(keys.partition(partition));
        if (after.isEmpty()) {
            query.keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", ViewTable.PARTITION))
                    .expressionAttributeValues(Map.of(":pk", wanted));
        } else {
            query.keyConditionExpression("#pk = :pk AND #sk > :after")
                    .expressionAttributeNames(Map.of("#pk", ViewTable.PARTITION, "#sk", ViewTable.SORT))
                    .expressionAttributeValues(Map.of(":pk", wanted, ":after", AttributeValue.fromS(after)));
        }
        return query;
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
        Map<String, AttributeValue> item = get(keys.fold(stream), strong);
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
     * Fold items, a hundred for each round trip. One fold item costs half a read unit for each started 4 KB, or a whole
     * unit if the read is consistent.
     *
     * @return a fold item for each stream that has one
     */
    Map<StreamId, FoldItem> folds(Set<StreamId> streams, boolean strong) {
        Map<Map<String, AttributeValue>, StreamId> byKey = new HashMap<>();
        streams.forEach(stream -> byKey.put(keys.fold(stream), stream));
        Map<StreamId, FoldItem> found = new HashMap<>();
        BatchGet.items(dynamo, table, byKey.keySet(), strong, (key, item) -> {
            StreamId stream = byKey.get(key);
            if (stream != null) {
                found.put(stream, FoldItem.read(item));
            }
        });
        return found;
    }

    /**
     * An entry of the register of parked streams.
     *
     * @param stream the name of the stream
     * @param parked why it is parked
     */
    record ParkedEntry(String stream, Parked parked) {}

    /**
     * A part of the register of parked streams.
     *
     * @param entries its entries, in the order of the names of their streams
     * @param next the name of the stream after which the next part begins; null after the last one
     */
    record ParkedPage(List<ParkedEntry> entries, @Nullable String next) {}

    /**
     * The parked streams of this processor after a name, at most this number of them.
     *
     * @param after the name of a stream; empty to begin
     */
    ParkedPage parked(String after, int most) {
        List<ParkedEntry> entries = new ArrayList<>();
        String next = register(GenerationKeys.PARKED, after, most, item -> entries.add(row(item, ParkedEntry.class)));
        return new ParkedPage(entries, next);
    }

    /**
     * A part of the skipped commits.
     *
     * @param skipped in the order of their streams and versions
     * @param next where the next part begins; null after the last one
     */
    record SkippedPage(List<Skipped> skipped, @Nullable String next) {}

    /** The skipped commits of this processor after a place, at most this number of them. */
    SkippedPage skipped(String after, int most) {
        List<Skipped> skipped = new ArrayList<>();
        String next = register(GenerationKeys.SKIPPED, after, most, item -> skipped.add(row(item, Skipped.class)));
        return new SkippedPage(skipped, next);
    }

    /** The record of a skip of the commit that begins at a version; null if it was not skipped. */
    @Nullable
    Skipped skipped(StreamId stream, long version) {
        Map<String, AttributeValue> item = get(keys.skipped(stream.toString(), version), true);
        return item == null ? null : row(item, Skipped.class);
    }

    /**
     * Reads a register of this processor.
     *
     * @return the place after which the next part begins; null after the last one
     */
    private @Nullable String register(
            String partition, String after, int most, Consumer<Map<String, AttributeValue>> to) {
        String prefix = keys.registerSortPrefix();
        String from = prefix + after;
        int taken = 0;
        while (taken < most) {
            QueryRequest query =
                    query(partition, from, true).limit(most - taken).build();
            QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(query));
            for (Map<String, AttributeValue> item : response.items()) {
                if (!sort(item).startsWith(prefix)) {
                    return null;
                }
                to.accept(item);
                taken++;
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return null;
            }
            from = sort(response.lastEvaluatedKey());
        }
        return from.substring(prefix.length());
    }

    /** Gives the names of all parked streams of this processor. */
    void allParked(Consumer<String> to) {
        String after = "";
        while (after != null) {
            ParkedPage page = parked(after, PARKED_PART);
            page.entries().forEach(entry -> to.accept(entry.stream()));
            after = page.next();
        }
    }
}
