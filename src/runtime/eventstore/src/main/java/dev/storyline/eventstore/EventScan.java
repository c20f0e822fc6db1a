package dev.storyline.eventstore;

import static dev.storyline.eventstore.CommitItem.STREAM;
import static dev.storyline.eventstore.CommitItem.VERSION;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Reads a whole event table, segment by segment, for rebuilds and reconciliation. A page costs half a read unit for
 * each started 4 KB of its items, or a whole unit if it is consistent, whichever attributes it returns.
 *
 * <p>The commits of one stream come together and in order, as DynamoDB keeps the items of one partition key. Only speed
 * may rest on this order, not correctness.
 */
public final class EventScan {
    /** The most commits on a page. */
    public static final int PAGE_ITEMS = 2_000;

    /** A drill restores an event table into a table of the same name and this. */
    public static final String RESTORED = "-restored";

    private final DynamoDbClient dynamo;
    private final String table;
    private final ObjectStore archive;

    /** A scan of this event table. */
    public EventScan(DynamoDbClient dynamo, String table) {
        this(dynamo, table, ObjectStore.NONE);
    }

    /**
     * A scan of this event table.
     *
     * @param archive has the events of archived streams, for {@link #streams}
     */
    public EventScan(DynamoDbClient dynamo, String table, ObjectStore archive) {
        this.dynamo = dynamo;
        this.table = table;
        this.archive = archive;
    }

    /** A scan of the same table whose calls a throttle holds back and counts. */
    public EventScan under(CapacityThrottle throttle) {
        return new EventScan(throttle.on(dynamo), table, archive);
    }

    /** The streams of the same table, read by the same client. */
    public EventStore streams() {
        return new DynamoDbEventStore(dynamo, table, archive);
    }

    /** The place after which a scan continues. */
    public record After(StreamId stream, long version) {}

    /**
     * One page of whole commits.
     *
     * @param items the items; {@link CommitItem#read} reads one
     * @param next where the next page begins; null after the last one
     * @param units the read units of the page
     */
    public record ScanPage(
            List<Map<String, AttributeValue>> items,
            @Nullable After next,
            double units) {}

    /**
     * The last version of a stream on one page.
     *
     * @param stream the stream
     * @param version the version of the last event of one of its commits
     */
    public record Reach(StreamId stream, long version) {}

    /**
     * One page of the last versions of streams.
     *
     * @param reaches one for each run of commits of one stream
     * @param commits how many commits the page has
     * @param next where the next page begins; null after the last one
     * @param units the read units of the page, as DynamoDB reports them
     */
    public record Reaches(
            List<Reach> reaches, int commits, @Nullable After next, double units) {
        /** The last version of each stream on the page. */
        public Map<StreamId, Long> heads() {
            Map<StreamId, Long> heads = new HashMap<>();
            reaches.forEach(reach -> heads.merge(reach.stream(), reach.version(), Math::max));
            return heads;
        }
    }

    /** Whether an item stands for the archived commits of a stream, and is none itself. */
    public static boolean isTombstone(Map<String, AttributeValue> item) {
        return Tombstone.is(item);
    }

    /** The place of an item; null if its key does not name a stream, so that no event store wrote it. */
    public static @Nullable After place(Map<String, AttributeValue> item) {
        try {
            return new After(
                    StreamId.parse(text(item, STREAM).s()),
                    Long.parseLong(text(item, VERSION).n()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The size of the table, as DynamoDB reports it: some hours old on AWS.
     *
     * @param commits the number of commits
     * @param bytes their size
     */
    public record TableSize(long commits, long bytes) {}

    /** The size of the table. */
    public TableSize size() {
        TableDescription described = DynamoDbFailures.call(
                        () -> dynamo.describeTable(request -> request.tableName(table)))
                .table();
        Long bytes = described.tableSizeBytes();
        return new TableSize(described.itemCount(), bytes == null ? 0 : bytes);
    }

    /** Whole commits, strongly consistent, as many as fit a page. */
    public ScanPage page(int segment, int of, @Nullable After after) {
        return page(segment, of, after, PAGE_ITEMS);
    }

    /**
     * Whole commits, strongly consistent.
     *
     * @param segment the part, from 0
     * @param of the number of parts
     * @param after the place to continue after; null to begin
     * @param most the most commits on the page
     */
    public ScanPage page(int segment, int of, @Nullable After after, int most) {
        ScanRequest request = request(segment, of, after)
                .limit(most)
                .consistentRead(true)
                .returnConsumedCapacity("TOTAL")
                .build();
        ScanResponse response = DynamoDbFailures.call(() -> dynamo.scan(request));
        return new ScanPage(response.items(), next(response), units(response));
    }

    /**
     * What commits are looked for.
     *
     * @param since the earliest time of the decision; null for any
     * @param correlation the conversation; null for any
     */
    public record Wanted(@Nullable Instant since, @Nullable String correlation) {}

    /**
     * One page of whole commits that were looked for.
     *
     * @param items the items; {@link CommitItem#read} reads one
     * @param scanned how many commits were read for them
     * @param next where the next page begins; null after the last one
     * @param units the read units of the page, as DynamoDB reports them
     */
    public record MatchPage(
            List<Map<String, AttributeValue>> items,
            int scanned,
            @Nullable After next,
            double units) {}

    /**
     * The whole commits that are wanted, and the tombstones of archived streams, eventually consistent. DynamoDB passes over
     * the others at the same price.
     *
     * @param segment the part, from 0
     * @param of the number of parts
     * @param after the place to continue after; null to begin
     */
    public MatchPage matching(int segment, int of, @Nullable After after, Wanted wanted) {
        ScanRequest.Builder request = request(segment, of, after).returnConsumedCapacity("TOTAL");
        List<String> conditions = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        if (wanted.since() != null) {
            // Instants have no fraction, or one of three to nine digits. What begins with the second sorts behind it.
            String second = wanted.since().truncatedTo(ChronoUnit.SECONDS).toString();
            conditions.add("#at >= :second");
            names.put("#at", "at");
            values.put(":second", AttributeValue.fromS(second.substring(0, second.length() - 1)));
        }
        if (wanted.correlation() != null) {
            conditions.add("#meta.#correlation = :correlation");
            names.putAll(Map.of("#meta", "meta", "#correlation", "correlation"));
            values.put(":correlation", AttributeValue.fromS(wanted.correlation()));
        }
        if (!conditions.isEmpty()) {
            names.putAll(Map.of("#archived", Tombstone.ATTRIBUTE, "#commit", CommitItem.COMMIT));
            request.filterExpression("(" + String.join(" AND ", conditions)
                            + ") OR (attribute_exists(#archived) AND attribute_not_exists(#commit))")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values);
        }
        ScanResponse response = DynamoDbFailures.call(() -> dynamo.scan(request.build()));
        Integer scanned = response.scannedCount();
        return new MatchPage(response.items(), scanned == null ? 0 : scanned, next(response), units(response));
    }

    private static double units(ScanResponse response) {
        Double units = response.consumedCapacity() == null
                ? null
                : response.consumedCapacity().capacityUnits();
        return units == null ? 0 : units;
    }

    /** The last versions of streams, eventually consistent. */
    public Reaches reaches(int segment, int of, @Nullable After after) {
        return reaches(segment, of, after, PAGE_ITEMS);
    }

    /**
     * The last versions of streams, eventually consistent.
     *
     * @param most the most commits on the page
     */
    public Reaches reaches(int segment, int of, @Nullable After after, int most) {
        ScanRequest request = request(segment, of, after)
                .limit(most)
                .projectionExpression("#stream, #version, #last")
                .expressionAttributeNames(Map.of("#stream", STREAM, "#version", VERSION, "#last", "last"))
                .returnConsumedCapacity("TOTAL")
                .build();
        ScanResponse response = DynamoDbFailures.call(() -> dynamo.scan(request));
        List<Reach> reaches = new ArrayList<>();
        for (Map<String, AttributeValue> item : response.items()) {
            Reach reach = reach(item);
            if (reach != null
                    && !reaches.isEmpty()
                    && reaches.getLast().stream().equals(reach.stream())) {
                reaches.removeLast();
            }
            if (reach != null) {
                reaches.add(reach);
            }
        }
        return new Reaches(reaches, response.items().size(), next(response), units(response));
    }

    /** Null if the key of the item does not name a stream. */
    private static @Nullable Reach reach(Map<String, AttributeValue> item) {
        After place = place(item);
        AttributeValue last = item.get("last");
        return place == null
                ? null
                : new Reach(
                        place.stream(), last == null || last.n() == null ? place.version() : Long.parseLong(last.n()));
    }

    private ScanRequest.Builder request(int segment, int of, @Nullable After after) {
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(table)
                .segment(segment)
                .totalSegments(of)
                .limit(PAGE_ITEMS);
        return after == null ? request : request.exclusiveStartKey(CommitItem.key(after.stream(), after.version()));
    }

    private static @Nullable After next(ScanResponse response) {
        Map<String, AttributeValue> last = response.lastEvaluatedKey();
        return !response.hasLastEvaluatedKey() || last.isEmpty()
                ? null
                : new After(
                        StreamId.parse(text(last, STREAM).s()),
                        Long.parseLong(text(last, VERSION).n()));
    }

    private static AttributeValue text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }
}
