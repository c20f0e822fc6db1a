package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The table of a view: rows and fold items under {@code pk} and {@code sk}, in one generation or, during a rebuild, in
 * two. Each read begins with the pointer item, 1 read unit, unless the table is {@link #keeping} it. To read more than
 * once, take {@link #now()}. Throws {@link StoreFailure} if DynamoDB is throttling or unavailable.
 */
public final class ViewTable implements View {
    /** How long a gate or a query may keep the pointer item. A rebuild waits longer before it drops a generation. */
    public static final Duration POINTER_KEPT = Duration.ofSeconds(2);

    static final String PARTITION = "pk";
    static final String SORT = "sk";
    private static final String GENERATIONS = "@generations";
    private static final String ACTIVATIONS = "@births";
    private static final String RECONCILIATION = "@reconciliation";
    private static final String TAKEN = "@taken";
    private static final int MOST_DELETES_AT_ONCE = 25;

    private final DynamoDbClient dynamo;
    private final String table;
    private final String processor;
    private final boolean consistent;
    private final @Nullable KeptPointer kept;

    private ViewTable(
            DynamoDbClient dynamo, String table, String processor, boolean consistent, @Nullable KeptPointer kept) {
        this.dynamo = dynamo;
        this.table = table;
        this.processor = processor;
        this.consistent = consistent;
        this.kept = kept;
    }

    /** The generation that the pointer item named last, and until when it may be taken for the served one. */
    private static final class KeptPointer {
        private final Clock clock;
        private volatile @Nullable Served last;

        KeptPointer(Clock clock) {
            this.clock = clock;
        }

        /** The time is that before the read. */
        private record Served(int generation, Instant at) {}

        int served(IntSupplier pointer) {
            Instant now = clock.instant();
            Served known = last;
            if (known == null
                    || now.isBefore(known.at())
                    || !now.isBefore(known.at().plus(POINTER_KEPT))) {
                known = new Served(pointer.getAsInt(), now);
                last = known;
            }
            return known.generation();
        }
    }

    /**
     * A view whose rows are read eventually consistent, at half the price of a consistent read.
     *
     * @param table a table with the partition key {@code pk} S and the sort key {@code sk} S
     * @param projection the declared name of the projection that writes it
     */
    public static ViewTable of(DynamoDbClient dynamo, String table, String projection) {
        return new ViewTable(dynamo, table, projection, false, null);
    }

    /** The same view with every read consistent. */
    public ViewTable consistent() {
        return new ViewTable(dynamo, table, processor, true, kept);
    }

    /**
     * The same view for gates and queries: it reads the pointer item again only when it has kept it for {@link
     * #POINTER_KEPT}. So for this time after a rebuild has switched, a query may still read the old generation, which
     * the live feed goes on writing. A feed must not keep the pointer.
     */
    public ViewTable keeping(Clock clock) {
        return new ViewTable(dynamo, table, processor, consistent, new KeptPointer(clock));
    }

    /** The generation that is served at this moment. All its reads are of the same generation. */
    public View now() {
        int serving = kept == null
                ? generations().serving()
                : kept.served(() -> generations().serving());
        return generation(serving).reader();
    }

    @Override
    public StreamPosition head(StreamId stream) {
        return now().head(stream);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        return now().row(key, type);
    }

    @Override
    public <R extends Record> Map<RowKey, R> rows(Collection<RowKey> keys, Class<R> type) {
        return now().rows(keys, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        return now().rows(partition, after, size, type);
    }

    @Override
    public View entity(StreamId stream) {
        return now().entity(stream);
    }

    Generation generation(int number) {
        return Generation.of(dynamo, table, processor, number, consistent);
    }

    private Map<String, AttributeValue> own(String partition, String detail) {
        return Map.of(
                PARTITION,
                AttributeValue.fromS(partition),
                SORT,
                AttributeValue.fromS(FoldItem.SORT_PREFIX + processor + detail));
    }

    private @Nullable Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
        GetItemResponse response = DynamoDbFailures.call(() ->
                dynamo.getItem(request -> request.tableName(table).key(key).consistentRead(true)));
        return response.hasItem() ? response.item() : null;
    }

    GenerationPointer generations() {
        Map<String, AttributeValue> item = get(own(GENERATIONS, ""));
        return item == null ? GenerationPointer.FIRST : generations(item);
    }

    private static GenerationPointer generations(Map<String, AttributeValue> item) {
        return Json.mapper().convertValue(AttributeValues.fields(item), GenerationPointer.class);
    }

    /**
     * The pointer item and fold items.
     *
     * @param folds the fold items that exist, by generation
     */
    record Known(GenerationPointer pointer, Map<Generation, Map<StreamId, FoldItem>> folds) {}

    /** Reads the pointer item together with fold items, consistently, a hundred items for each round trip. */
    Known known(Map<Generation, Set<StreamId>> wanted) {
        Map<Map<String, AttributeValue>, GenerationStream> places = new HashMap<>();
        wanted.forEach((generation, streams) -> streams.forEach(
                stream -> places.put(generation.keys().fold(stream), new GenerationStream(generation, stream))));
        if (places.isEmpty()) {
            return new Known(generations(), Map.of());
        }
        List<Map<String, AttributeValue>> keys = new ArrayList<>(places.keySet());
        keys.addFirst(own(GENERATIONS, ""));
        Map<Generation, Map<StreamId, FoldItem>> folds = new HashMap<>();
        List<GenerationPointer> pointer = new ArrayList<>();
        BatchGet.items(dynamo, table, keys, true, (key, item) -> {
            GenerationStream place = places.get(key);
            if (place == null) {
                pointer.add(generations(item));
            } else {
                folds.computeIfAbsent(place.generation(), one -> new HashMap<>())
                        .put(place.stream(), FoldItem.read(item));
            }
        });
        return new Known(pointer.isEmpty() ? GenerationPointer.FIRST : pointer.getFirst(), folds);
    }

    /** The place of a fold item. */
    private record GenerationStream(Generation generation, StreamId stream) {}

    /**
     * Writes the pointer item as its next revision.
     *
     * @return false if it has another revision than the one that was read
     */
    boolean write(GenerationPointer next) {
        GenerationPointer written = new GenerationPointer(
                next.serving(),
                next.other(),
                next.highest(),
                next.machines(),
                next.building(),
                next.segments(),
                next.kept(),
                next.dropped(),
                next.rev() + 1);
        Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(AttributeValues.fields(written)));
        item.putAll(own(GENERATIONS, ""));
        return putIfUnchanged(item, next.rev());
    }

    private boolean putIfUnchanged(Map<String, AttributeValue> item, long rev) {
        try {
            DynamoDbFailures.call(() -> dynamo.putItem(put -> {
                put.tableName(table)
                        .item(item)
                        .conditionExpression(rev == 0 ? "attribute_not_exists(#a)" : "#a = :rev")
                        .expressionAttributeNames(Map.of("#a", rev == 0 ? PARTITION : "rev"));
                if (rev > 0) {
                    put.expressionAttributeValues(Map.of(":rev", AttributeValue.fromN(Long.toString(rev))));
                }
            }));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** How far the reconciliation has come; null if there was none. */
    Reconciliation.@Nullable Mark mark() {
        Map<String, AttributeValue> item = get(own(RECONCILIATION, ""));
        return item == null
                ? null
                : Json.mapper().convertValue(AttributeValues.fields(item), Reconciliation.Mark.class);
    }

    /** Stores how far the reconciliation has come; null if another invocation has stored it meanwhile. */
    Reconciliation.@Nullable Mark write(Reconciliation.Mark next) {
        Reconciliation.Mark written = next.written();
        Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(AttributeValues.fields(written)));
        item.putAll(own(RECONCILIATION, ""));
        return putIfUnchanged(item, next.rev()) ? written : null;
    }

    /** Counts commits that the feed has taken. See {@link FeedPace}. */
    void countTaken(long commits, Instant now, Instant newest) {
        DynamoDbFailures.call(() -> dynamo.updateItem(update -> update.tableName(table)
                .key(own(TAKEN, ""))
                .updateExpression("SET #at = :at, #newest = :newest ADD #commits :commits")
                .expressionAttributeNames(Map.of("#at", "at", "#newest", "newest", "#commits", "commits"))
                .expressionAttributeValues(Map.of(
                        ":at", AttributeValue.fromS(now.toString()),
                        ":newest", AttributeValue.fromS(newest.toString()),
                        ":commits", AttributeValue.fromN(Long.toString(commits))))));
    }

    /** How far the feed has come, in 1 read unit; null if it has taken nothing yet. */
    FeedPace.@Nullable Told taken() {
        Map<String, AttributeValue> item = get(own(TAKEN, ""));
        return item == null ? null : Json.mapper().convertValue(AttributeValues.fields(item), FeedPace.Told.class);
    }

    /** Keeps how far the feed has come by now, so that its pace is known later. Writes only where it has moved. */
    public void sampleTaken(Instant now) {
        FeedPace.Told told = taken();
        if (told != null && (told.before() == null || told.commits() != told.before())) {
            DynamoDbFailures.call(() -> dynamo.updateItem(update -> update.tableName(table)
                    .key(own(TAKEN, ""))
                    .updateExpression("SET #before = :before, #beforeAt = :beforeAt")
                    .expressionAttributeNames(Map.of("#before", "before", "#beforeAt", "beforeAt"))
                    .expressionAttributeValues(Map.of(
                            ":before", AttributeValue.fromN(Long.toString(told.commits())),
                            ":beforeAt", AttributeValue.fromS(now.toString())))));
        }
    }

    /** The stored progress of a segment of a rebuild, or null. */
    @Nullable
    String progress(int generation, int segment) {
        Map<String, AttributeValue> item = get(own(GENERATIONS, "#" + generation + "#" + segment));
        return item == null ? null : Objects.requireNonNull(item.get("done")).s();
    }

    void progress(int generation, int segment, String done) {
        Map<String, AttributeValue> item = new HashMap<>(own(GENERATIONS, "#" + generation + "#" + segment));
        item.put("done", AttributeValue.fromS(done));
        DynamoDbFailures.call(() -> dynamo.putItem(put -> put.tableName(table).item(item)));
    }

    /**
     * Stores the activation time of an event handler, once: a later call changes nothing. A deployment calls it before
     * it attaches the feed.
     */
    public void recordActivation(Instant at) {
        Map<String, AttributeValue> item = new HashMap<>(own(ACTIVATIONS, ""));
        item.put("at", AttributeValue.fromS(at.toString()));
        putIfUnchanged(item, 0);
    }

    /** The activation time of the event handler, or null if none is stored. */
    public @Nullable Instant activation() {
        Map<String, AttributeValue> item = get(own(ACTIVATIONS, ""));
        return item == null
                ? null
                : Instant.parse(Objects.requireNonNull(item.get("at")).s());
    }

    /** The other projections whose rows are in this table. */
    Set<String> otherProjections() {
        Set<String> names = new TreeSet<>();
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> from = after;
            QueryResponse page = DynamoDbFailures.call(() -> dynamo.query(query -> query.tableName(table)
                    .keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", PARTITION))
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(GENERATIONS)))
                    .exclusiveStartKey(from.isEmpty() ? null : from)));
            page.items().forEach(item -> names.add(nameOf(sort(item))));
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!after.isEmpty());
        names.remove(processor);
        return names;
    }

    /** The name of the processor in the sort key of one of its items. */
    private static String nameOf(String sort) {
        int end = sort.indexOf('#');
        return sort.substring(FoldItem.SORT_PREFIX.length(), end < 0 ? sort.length() : end);
    }

    private static String sort(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(SORT)).s();
    }

    /**
     * Deletes the items of a generation. Each item costs 1 write unit for each started KB.
     *
     * @return whether all are deleted; otherwise the time of the function is over
     */
    boolean delete(int generation) {
        String prefix = GenerationKeys.prefix(generation);
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> from = after;
            ScanResponse page = DynamoDbFailures.call(() -> dynamo.scan(scan -> scan.tableName(table)
                    .projectionExpression("#pk, #sk")
                    .expressionAttributeNames(Map.of("#pk", PARTITION, "#sk", SORT))
                    .exclusiveStartKey(from.isEmpty() ? null : from)));
            List<Map<String, AttributeValue>> gone = page.items().stream()
                    .filter(item -> belongs(item, prefix, generation))
                    .toList();
            for (int at = 0; at < gone.size(); at += MOST_DELETES_AT_ONCE) {
                deleteAll(gone.subList(at, Math.min(gone.size(), at + MOST_DELETES_AT_ONCE)));
            }
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!after.isEmpty() && !Deadline.current().isNear());
        return after.isEmpty();
    }

    /** Rows bear no name: a rebuild is refused where another projection has rows in the table. */
    private boolean belongs(Map<String, AttributeValue> item, String prefix, int generation) {
        String partition = Objects.requireNonNull(item.get(PARTITION)).s();
        String sort = sort(item);
        if (partition.equals(GENERATIONS)) {
            return sort.startsWith(FoldItem.SORT_PREFIX + processor + "#" + generation + "#");
        }
        boolean here =
                prefix.isEmpty() ? !partition.startsWith("@") || isRegister(partition) : partition.startsWith(prefix);
        return here && (!sort.startsWith(FoldItem.SORT_PREFIX) || nameOf(sort).equals(processor));
    }

    private static boolean isRegister(String partition) {
        return partition.equals(GenerationKeys.PARKED) || partition.equals(GenerationKeys.SKIPPED);
    }

    private void deleteAll(List<Map<String, AttributeValue>> keys) {
        List<WriteRequest> writes = new ArrayList<>();
        keys.forEach(key -> writes.add(
                WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build()));
        Map<String, List<WriteRequest>> open = Map.of(table, writes);
        for (int requests = 1; !open.isEmpty(); requests++) {
            if (requests > BatchGet.MAX_REQUESTS) {
                throw new StoreFailure.Throttled(new IllegalStateException(
                        "DynamoDB left items of a batch undeleted in " + BatchGet.MAX_REQUESTS + " requests"));
            }
            Map<String, List<WriteRequest>> left = open;
            var response = DynamoDbFailures.call(() -> dynamo.batchWriteItem(request -> request.requestItems(left)));
            open = response.hasUnprocessedItems() ? response.unprocessedItems() : Map.of();
        }
    }
}
