package dev.storyline.benchmarks.local;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes commits in their stored form, as if commands had made them. Each child has ten commits: one approved wish, which
 * logistics orders, and nine rejected ones. The change stream has all of them, and the feeds work them off.
 */
record StoredHistory(DynamoDbClient client, String events) {
    private static final int COMMITS_OF_A_CHILD = 10;

    /** Two children have 20 commits; a BatchWriteItem takes 25 items. */
    private static final int CHILDREN_OF_A_BATCH = 2;

    /** Writers side by side, because the store writes to the disk once for all that wait for it. */
    private static final int WRITERS = 16;

    /** Writes this many commits to new streams. */
    void write(int commits) {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> parts = new ArrayList<>();
            int children = Math.ceilDiv(commits, COMMITS_OF_A_CHILD);
            for (int first = 0; first < children; first += CHILDREN_OF_A_BATCH) {
                int some = Math.min(CHILDREN_OF_A_BATCH, children - first);
                int most = commits - first * COMMITS_OF_A_CHILD;
                parts.add(writers.submit(() ->
                        write(batch(some).subList(0, Math.min(some * COMMITS_OF_A_CHILD, most)))));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the history was written", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The history cannot be written: " + e.getCause(), e);
        }
    }

    private static List<WriteRequest> batch(int children) {
        List<WriteRequest> batch = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            String child = UUID.randomUUID().toString();
            for (int version = 1; version <= COMMITS_OF_A_CHILD; version++) {
                Commit commit = version == 1 ? approved(child, version) : rejected(child, version);
                batch.add(WriteRequest.builder()
                        .putRequest(put -> put.item(CommitItem.of(commit)))
                        .build());
            }
        }
        return batch;
    }

    private void write(List<WriteRequest> batch) {
        Map<String, List<WriteRequest>> left = Map.of(events, List.copyOf(batch));
        while (!left.isEmpty()) {
            Map<String, List<WriteRequest>> now = left;
            left = client.batchWriteItem(request -> request.requestItems(now)).unprocessedItems();
        }
    }

    /** An approved wish, as make-wish records it. */
    static Commit approved(String child, int version) {
        return commit(
                child,
                version,
                null,
                new StoredEvent("WishApproved", 1, false, "{" + fields(child) + ",\"wish\":\"a red bicycle\"}"));
    }

    private static Commit rejected(String child, int version) {
        String event = "{" + fields(child) + ",\"wish\":\"a drum\",\"reason\":\"too-many-wishes\",\"at\":\""
                + Instant.now() + "\"}";
        return commit(
                child,
                version,
                new CommitMetadata.Rejection("too-many-wishes", "A child has ten open wishes at most."),
                new StoredEvent("WishRejected", 1, false, event));
    }

    private static String fields(String child) {
        return "\"wishId\":\"" + UUID.randomUUID() + "\",\"childId\":\"" + child + "\"";
    }

    private static Commit commit(
            String child, int version, CommitMetadata.@Nullable Rejection rejection, StoredEvent event) {
        String id = UUID.randomUUID().toString();
        return new Commit(
                new StreamId("child", child),
                version,
                id,
                Instant.now(),
                List.of(event),
                new CommitMetadata("anonymous", id, null, "0".repeat(32), rejection));
    }
}
