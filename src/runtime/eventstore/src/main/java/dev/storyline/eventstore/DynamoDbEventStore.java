package dev.storyline.eventstore;

import static dev.storyline.eventstore.CommitItem.STREAM;
import static dev.storyline.eventstore.CommitItem.VERSION;

import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * started 4 KB.
 */
public final class DynamoDbEventStore implements EventStore {
    private static final String FREE = "attribute_not_exists(#version)";
    private static final Map<String, String> FREE_NAMES = Map.of("#version", VERSION);

    private final DynamoDbClient dynamo;
    private final String table;

    /**
     * A store on an existing table.
     *
     * @param table a table with the partition key {@code stream} S and the sort key {@code version} N
     */
    public DynamoDbEventStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
        if (upTo <= after) {
            return after;
        }
        long last = after;
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream AND #version BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#stream", STREAM, "#version", VERSION))
                .expressionAttributeValues(Map.of(
                        ":stream", AttributeValue.fromS(stream.toString()),
                        ":from", AttributeValue.fromN(Long.toString(after + 1)),
                        ":to", AttributeValue.fromN(Long.toString(upTo))));
        while (true) {
            QueryRequest page = query.build();
            QueryResponse response = DynamoDbFailures.call(() -> dynamo.query(page));
            for (Map<String, AttributeValue> item : response.items()) {
                Commit commit = CommitItem.read(item);
                if (commit.version() != last + 1) {
                    throw new StoreFailure.Corrupted("The stream " + stream + " goes on at version " + commit.version()
                            + " after version " + last);
                }
                last = commit.last();
                visitor.accept(commit);
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return last;
            }
            query.exclusiveStartKey(response.lastEvaluatedKey());
        }
    }

    /** Reads the last commit alone, 1 read unit for each started 4 KB of it. */
    @Override
    public long head(StreamId stream) {
        Commit last = lastCommit(
                "#stream = :stream",
                Map.of("#stream", STREAM),
                Map.of(":stream", AttributeValue.fromS(stream.toString())));
        return last == null ? 0 : last.last();
    }

    /**
     * The commit that holds an event, strongly consistent; null if the stream does not have the event. It is read alone, 1
     * read unit for each started 4 KB of it.
     *
     * @param version the version of the event
     */
    public @Nullable Commit commitOf(StreamId stream, long version) {
        Commit commit = lastCommit(
                "#stream = :stream AND #version <= :version",
                Map.of("#stream", STREAM, "#version", VERSION),
                Map.of(
                        ":stream", AttributeValue.fromS(stream.toString()),
                        ":version", AttributeValue.fromN(Long.toString(version))));
        return commit == null || commit.last() < version ? null : commit;
    }

    /** The last commit with such a key; null if there is none. */
    private @Nullable Commit lastCommit(String key, Map<String, String> names, Map<String, AttributeValue> values) {
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
        return response.items().isEmpty()
                ? null
                : CommitItem.read(response.items().getFirst());
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
            return new AppendResult.Conflict(e.hasItem() ? CommitItem.read(e.item()) : null);
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
                return new AppendResult.Conflict(CommitItem.read(reason.item()));
            }
            moved |= "ConditionalCheckFailed".equals(reason.code()) || "TransactionConflict".equals(reason.code());
        }
        if (moved) {
            return new AppendResult.Conflict(null);
        }
        throw e;
    }

    private static Map<String, AttributeValue> checkedItem(Commit commit) {
        Map<String, AttributeValue> item = CommitItem.of(commit);
        Limits.check(commit, ItemSize.bytes(item));
        return item;
    }
}
