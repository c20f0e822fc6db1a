package dev.storyline.eventstore;

import static dev.storyline.eventstore.CommitItem.STREAM;
import static dev.storyline.eventstore.CommitItem.VERSION;

import dev.storyline.common.Checksum;
import dev.storyline.common.TransientFailure;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The event store on a DynamoDB table. An append is one PutItem on the condition that the version is free; it costs 1
 * write unit for each started KB, however many events. A load is a consistent Query and costs 1 read unit for each
 * started 4 KB. An archived stream has a {@link Tombstone} in place of its first commit and its closing commit at the end;
 * between them reads go on in the archive, and see one history.
 */
public final class DynamoDbEventStore implements EventStore {
    private static final String FREE = "attribute_not_exists(#version)";
    private static final Map<String, String> FREE_NAMES = Map.of("#version", VERSION);

    private final DynamoDbClient dynamo;
    private final String table;
    private final ObjectStore archive;

    /**
     * A store on an existing table, none of whose streams is archived.
     *
     * @param table a table with the partition key {@code stream} S and the sort key {@code version} N
     */
    public DynamoDbEventStore(DynamoDbClient dynamo, String table) {
        this(dynamo, table, ObjectStore.NONE);
    }

    /**
     * A store on an existing table.
     *
     * @param table a table with the partition key {@code stream} S and the sort key {@code version} N
     * @param archive has the events of archived streams
     */
    public DynamoDbEventStore(DynamoDbClient dynamo, String table, ObjectStore archive) {
        this.dynamo = dynamo;
        this.table = table;
        this.archive = archive;
    }

    @Override
    public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
        return new Reading(stream, after, upTo, visitor, false).run();
    }

    @Override
    public long readOpen(StreamId stream, long after, Consumer<Commit> visitor) {
        Closing closing = new Closing(visitor);
        long last = new Reading(stream, after, Long.MAX_VALUE, closing, true).run();
        closing.check(stream);
        return last;
    }

    /** Reads one stream: what is archived from its object, the rest from the table. */
    private final class Reading {
        private final StreamId stream;
        private final long upTo;
        private final Consumer<Commit> visitor;
        private final boolean openOnly;
        private long last;

        /** Whether the object was read, so that items of the table may be those that an archiver is about to delete. */
        private boolean archived;

        Reading(StreamId stream, long after, long upTo, Consumer<Commit> visitor, boolean openOnly) {
            this.stream = stream;
            this.last = after;
            this.upTo = upTo;
            this.visitor = visitor;
            this.openOnly = openOnly;
        }

        long run() {
            if (upTo <= last) {
                return last;
            }
            QueryRequest.Builder query = QueryRequest.builder()
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream AND #version BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#stream", STREAM, "#version", VERSION))
                    .expressionAttributeValues(Map.of(
                            ":stream", AttributeValue.fromS(stream.toString()),
                            ":from", AttributeValue.fromN(Long.toString(last + 1)),
                            ":to", AttributeValue.fromN(Long.toString(upTo))));
            QueryResponse response;
            do {
                QueryRequest page = query.build();
                response = DynamoDbFailures.call(() -> dynamo.query(page));
                response.items().forEach(this::take);
                query.exclusiveStartKey(response.lastEvaluatedKey());
            } while (response.hasLastEvaluatedKey()
                    && !response.lastEvaluatedKey().isEmpty());
            // An archived stream ends with the commit that closes it, so only a bounded read can meet nothing of it.
            if (last > 0 && last < upTo && upTo < Long.MAX_VALUE && !archived) {
                takeArchived(tombstone(stream));
            }
            return last;
        }

        private void take(Map<String, AttributeValue> item) {
            if (Tombstone.is(item)) {
                takeArchived(Tombstone.in(item));
                return;
            }
            Commit commit = CommitItem.read(item);
            if (commit.version() != last + 1 && last > 0 && !archived) {
                takeArchived(tombstone(stream));
            }
            if (archived && commit.last() <= last) {
                return;
            }
            if (commit.version() != last + 1) {
                throw new StoreFailure.Corrupted(
                        "The stream " + stream + " goes on at version " + commit.version() + " after version " + last);
            }
            visit(commit);
        }

        private void takeArchived(@Nullable Tombstone tombstone) {
            if (tombstone == null) {
                return;
            }
            if (openOnly) {
                throw new StreamArchived(stream, tombstone.closedAt());
            }
            archived = true;
            for (Commit commit : archived(tombstone)) {
                if (commit.version() > last && commit.version() <= upTo) {
                    visit(commit);
                }
            }
        }

        private void visit(Commit commit) {
            last = commit.last();
            visitor.accept(commit);
        }
    }

    /** The tombstone of a stream; null if it is not archived. */
    private @Nullable Tombstone tombstone(StreamId stream) {
        Map<String, AttributeValue> first = first(stream);
        return Tombstone.is(first) ? Tombstone.in(first) : null;
    }

    /** The item of version 1, strongly consistent; empty if there is none. */
    private Map<String, AttributeValue> first(StreamId stream) {
        return Objects.requireNonNullElse(
                lastItem(
                        "#stream = :stream AND #version = :version",
                        Map.of("#stream", STREAM, "#version", VERSION),
                        Map.of(
                                ":stream", AttributeValue.fromS(stream.toString()),
                                ":version", AttributeValue.fromN("1"))),
                Map.of());
    }

    private List<Commit> archived(Tombstone tombstone) {
        try {
            return ArchivedEvents.read(tombstone, archive.get(tombstone.object()));
        } catch (TransientFailure e) {
            throw new StoreFailure.Unavailable(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>An archiver puts a tombstone in place of version 1, deletes what the tombstone covers, and puts all of it back when
     * the stream is restored. 1 or 2 read units.
     */
    @Override
    public boolean isArchivers(StreamId stream, long version, boolean removed) {
        if (removed == (version == 1)) {
            return false;
        }
        Map<String, AttributeValue> first = first(stream);
        Tombstone tombstone = Tombstone.in(first);
        if (tombstone == null || version > tombstone.last()) {
            return false;
        }
        if (Tombstone.is(first)) {
            return true;
        }
        if (version == 1) {
            return Checksum.hex(ArchivedEvents.line(CommitItem.read(first))).equals(tombstone.first());
        }
        Map<String, AttributeValue> item = lastItem(
                "#stream = :stream AND #version = :version",
                Map.of("#stream", STREAM, "#version", VERSION),
                Map.of(
                        ":stream", AttributeValue.fromS(stream.toString()),
                        ":version", AttributeValue.fromN(Long.toString(version))));
        return item != null;
    }

    /** Reads the last commit alone, 1 read unit for each started 4 KB of it. */
    @Override
    public long head(StreamId stream) {
        Map<String, AttributeValue> last = lastItem(
                "#stream = :stream",
                Map.of("#stream", STREAM),
                Map.of(":stream", AttributeValue.fromS(stream.toString())));
        if (last == null) {
            return 0;
        }
        Tombstone tombstone = Tombstone.is(last) ? Tombstone.in(last) : null;
        return tombstone == null ? CommitItem.read(last).last() : tombstone.last();
    }

    /**
     * The commit that holds an event, strongly consistent; null if the stream does not have the event. It is read alone, 1
     * read unit for each started 4 KB of it; of an archived stream, the object is read.
     *
     * @param version the version of the event
     */
    public @Nullable Commit commitOf(StreamId stream, long version) {
        Map<String, AttributeValue> item = lastItem(
                "#stream = :stream AND #version <= :version",
                Map.of("#stream", STREAM, "#version", VERSION),
                Map.of(
                        ":stream", AttributeValue.fromS(stream.toString()),
                        ":version", AttributeValue.fromN(Long.toString(version))));
        if (item == null) {
            return null;
        }
        if (!Tombstone.is(item)) {
            Commit commit = CommitItem.read(item);
            if (commit.last() >= version) {
                return commit;
            }
        }
        Tombstone tombstone = tombstone(stream);
        return tombstone == null || version > tombstone.last()
                ? null
                : archived(tombstone).stream()
                        .filter(commit -> commit.version() <= version && commit.last() >= version)
                        .findFirst()
                        .orElse(null);
    }

    /** The last item with such a key; null if there is none. */
    private @Nullable Map<String, AttributeValue> lastItem(
            String key, Map<String, String> names, Map<String, AttributeValue> values) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .scanIndexForward(false)
                .limit(1)
                .keyConditionExpression(key)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(query));
        return response.items().isEmpty() ? null : response.items().getFirst();
    }

    @Override
    public AppendResult append(Commit commit) {
        Map<String, AttributeValue> item = checkedItem(commit);
        PutItemRequest put = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(FREE)
                .expressionAttributeNames(FREE_NAMES)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            DynamoDbFailures.call(() -> dynamo.putItem(put));
            return new AppendResult.Appended();
        } catch (ConditionalCheckFailedException e) {
            return new AppendResult.Conflict(e.hasItem() ? inTheWay(e.item()) : null);
        } catch (TransactionConflictException e) {
            return new AppendResult.Conflict(null);
        }
    }

    @Override
    public AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved) {
        Limits.check(commits, unmoved);
        List<TransactWriteItem> parts = new ArrayList<>();
        int bytes = 0;
        for (Commit commit : commits) {
            Map<String, AttributeValue> item = checkedItem(commit);
            bytes += ItemSize.bytes(item);
            parts.add(TransactWriteItem.builder().put(put(item)).build());
        }
        Limits.checkTogether(bytes);
        for (Unmoved stream : unmoved) {
            parts.add(TransactWriteItem.builder().conditionCheck(check(stream)).build());
        }
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().transactItems(parts).build();
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request));
            return new AppendResult.Appended();
        } catch (TransactionCanceledException e) {
            return conflict(e);
        }
    }

    private Put put(Map<String, AttributeValue> item) {
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(FREE)
                .expressionAttributeNames(FREE_NAMES)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private ConditionCheck check(Unmoved stream) {
        return ConditionCheck.builder()
                .tableName(table)
                .key(CommitItem.key(stream.stream(), stream.version() + 1))
                .conditionExpression(FREE)
                .expressionAttributeNames(FREE_NAMES)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /** The reasons have the order of the parts, so a conflict in the home stream is reported first. */
    private static AppendResult conflict(TransactionCanceledException e) {
        boolean moved = false;
        for (CancellationReason reason : e.cancellationReasons()) {
            if ("ConditionalCheckFailed".equals(reason.code()) && reason.hasItem()) {
                return new AppendResult.Conflict(inTheWay(reason.item()));
            }
            moved |= "ConditionalCheckFailed".equals(reason.code()) || "TransactionConflict".equals(reason.code());
        }
        if (moved) {
            return new AppendResult.Conflict(null);
        }
        throw e;
    }

    /** Null for a tombstone: no commit of anybody's, but the next load meets it. */
    private static @Nullable Commit inTheWay(Map<String, AttributeValue> item) {
        return Tombstone.is(item) ? null : CommitItem.read(item);
    }

    private static Map<String, AttributeValue> checkedItem(Commit commit) {
        Map<String, AttributeValue> item = CommitItem.of(commit);
        Limits.check(commit, ItemSize.bytes(item));
        return item;
    }
}
