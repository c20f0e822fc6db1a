package dev.storyline.eventstore;

import static dev.storyline.eventstore.CommitItem.STREAM;

import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A stream as the event table has it.
 *
 * @param items its items in order
 * @param commits the commits among them: all but a tombstone
 * @param bytes the size of the items
 */
record StoredStream(StreamId stream, List<Map<String, AttributeValue>> items, List<Commit> commits, int bytes) {
    /**
     * Reads a stream as it is stored, strongly consistent.
     *
     * @param most the bytes behind which a stream that is too large is not read to its end
     */
    static StoredStream read(DynamoDbClient dynamo, String table, StreamId stream, int most) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream")
                .expressionAttributeNames(Map.of("#stream", STREAM))
                .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS(stream.toString())));
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        List<Commit> commits = new ArrayList<>();
        int bytes = 0;
        QueryResponse response;
        do {
            QueryRequest page = query.build();
            response = DynamoDbFailures.call(() -> dynamo.query(page));
            for (Map<String, AttributeValue> item : response.items()) {
                items.add(item);
                bytes += ItemSize.bytes(item);
                if (!Tombstone.is(item)) {
                    commits.add(CommitItem.read(item));
                }
            }
            query.exclusiveStartKey(response.lastEvaluatedKey());
        } while (bytes <= most
                && response.hasLastEvaluatedKey()
                && !response.lastEvaluatedKey().isEmpty());
        return new StoredStream(stream, items, commits, bytes);
    }

    /** The tombstone, or what its first commit keeps of one; null if the stream was never archived. */
    @Nullable
    Tombstone tombstone() {
        return items.isEmpty() ? null : Tombstone.in(items.getFirst());
    }

    boolean isArchived() {
        return !items.isEmpty() && Tombstone.is(items.getFirst());
    }

    boolean isClosed() {
        return !commits.isEmpty() && Closing.closes(commits.getLast());
    }

    long head() {
        return commits.getLast().last();
    }

    /**
     * Only what an event store wrote can be put back as it was: anything else would be lost.
     *
     * @throws StoreFailure.Corrupted if something else is among the items
     */
    void requireWhole() {
        long last = 0;
        for (int i = 0; i < commits.size(); i++) {
            Commit commit = commits.get(i);
            Map<String, AttributeValue> item = new HashMap<>(items.get(i));
            item.remove(Tombstone.ATTRIBUTE);
            if (commit.version() != last + 1 || !CommitItem.of(commit).equals(item)) {
                throw new StoreFailure.Corrupted("The commit " + stream + "@" + commit.version()
                        + " is not as an event store writes it, so the stream is not archived");
            }
            last = commit.last();
        }
    }
}
