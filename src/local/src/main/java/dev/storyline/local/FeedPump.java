package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * One event source mapping: reads a table's change stream shard by shard and invokes a function as Lambda does - batches
 * in order, partial batch responses, bisecting, finite retries with back-off, a finite age, and a durable place for what
 * fails for good. Its progress is kept in a table, so a restart goes on where it stopped.
 */
final class FeedPump implements AutoCloseable {
    static final String CHECKPOINTS = "storyline-local-checkpoints";
    static final String FAILURES = "storyline-local-failures";

    private static final System.Logger LOG = System.getLogger("dev.storyline.local.feed");
    private static final Duration IDLE = Duration.ofMillis(60);
    private static final Duration SHARDS_STALE = Duration.ofSeconds(2);
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Deployment.Feed feed;
    private final String table;
    private final DynamoDbClient dynamo;
    private final DynamoDbStreamsClient streams;
    private final SliceHost host;
    private final Map<String, String> iterators = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Thread thread;
    private volatile boolean stopping;
    private List<Shard> shards = List.of();
    private long shardsReadAt;

    FeedPump(Deployment.Feed feed, String table, DynamoDbClient dynamo, DynamoDbStreamsClient streams, SliceHost host) {
        this.feed = feed;
        this.table = table;
        this.dynamo = dynamo;
        this.streams = streams;
        this.host = host;
        this.thread = Thread.ofPlatform().daemon().name("feed " + feed.name()).start(this::run);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                if (!poll()) {
                    rest(IDLE.toMillis());
                }
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.log(System.Logger.Level.WARNING, "The feed " + feed.name() + " was interrupted and goes on", e);
                    iterators.clear();
                    rest(1_000);
                }
            }
        }
    }

    private boolean poll() {
        boolean any = false;
        for (Shard shard : shards()) {
            boolean parentDone = shard.parentShardId() == null
                    || finished.contains(shard.parentShardId())
                    || shards.stream().noneMatch(other -> other.shardId().equals(shard.parentShardId()));
            if (parentDone && !finished.contains(shard.shardId()) && !stopping) {
                any |= poll(shard.shardId());
            }
        }
        return any;
    }

    private List<Shard> shards() {
        long now = System.nanoTime();
        if (shards.isEmpty() || now - shardsReadAt > SHARDS_STALE.toNanos()) {
            String arn = dynamo.describeTable(request -> request.tableName(table))
                    .table()
                    .latestStreamArn();
            List<Shard> all = new ArrayList<>();
            String last = null;
            do {
                String from = last;
                StreamDescription page = streams.describeStream(
                                request -> request.streamArn(arn).exclusiveStartShardId(from))
                        .streamDescription();
                all.addAll(page.shards());
                last = page.lastEvaluatedShardId();
            } while (last != null);
            shards = all;
            shardsReadAt = now;
        }
        return shards;
    }

    private boolean poll(String shard) {
        String iterator = iterators.get(shard);
        if (iterator == null) {
            iterator = iterator(shard);
        }
        String from = iterator;
        GetRecordsResponse response;
        try {
            response = streams.getRecords(request -> request.shardIterator(from).limit(feed.batchSize()));
        } catch (ExpiredIteratorException | TrimmedDataAccessException e) {
            iterators.remove(shard);
            return true;
        }
        List<Record> records = response.records();
        if (!records.isEmpty()) {
            deliver(shard, records, 0);
        }
        if (stopping) {
            return false;
        }
        if (response.nextShardIterator() == null) {
            finished.add(shard);
            iterators.remove(shard);
            shards = List.of();
        } else {
            iterators.put(shard, response.nextShardIterator());
        }
        return !records.isEmpty();
    }

    private String iterator(String shard) {
        String arn = dynamo.describeTable(request -> request.tableName(table))
                .table()
                .latestStreamArn();
        String done = checkpoint(shard);
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(arn).shardId(shard);
        if (done != null) {
            try {
                return streams.getShardIterator(request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .sequenceNumber(done)
                                .build())
                        .shardIterator();
            } catch (TrimmedDataAccessException e) {
                LOG.log(System.Logger.Level.WARNING, "The feed " + feed.name() + " fell behind the stream's retention");
            }
        }
        return streams.getShardIterator(request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                        .sequenceNumber(null)
                        .build())
                .shardIterator();
    }

    /** Invokes until the whole batch is done or given up; a checkpoint follows each success. */
    private void deliver(String shard, List<Record> batch, int triesBefore) {
        List<Record> pending = batch;
        int tries = triesBefore;
        while (!pending.isEmpty() && !stopping) {
            if (isTooOld(pending.getFirst())) {
                giveUp(shard, pending.subList(0, 1), "older than " + feed.oldestSeconds() + " seconds");
                pending = pending.subList(1, pending.size());
                continue;
            }
            Result result = invoke(pending);
            int done = result.done(pending);
            if (done > 0) {
                checkpoint(shard, sequence(pending.get(done - 1)));
                pending = pending.subList(done, pending.size());
            }
            if (pending.isEmpty()) {
                return;
            }
            tries++;
            if (feed.retries() >= 0 && tries > feed.retries()) {
                giveUp(shard, pending, result.cause());
                return;
            }
            rest(ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE_MS, 50L << Math.min(tries, 10))));
            if (result.failedWhole() && feed.bisect() && pending.size() > 1) {
                int half = pending.size() / 2;
                deliver(shard, pending.subList(0, half), tries);
                deliver(shard, pending.subList(half, pending.size()), tries);
                return;
            }
        }
    }

    /** What came of an invocation: the failed sequence numbers, or null where the function failed whole. */
    private record Result(@Nullable Set<String> failed, String cause) {
        boolean failedWhole() {
            return failed == null;
        }

        /** How many records from the first on are done: up to the first that failed. */
        int done(List<Record> batch) {
            if (failed == null) {
                return 0;
            }
            for (int i = 0; i < batch.size(); i++) {
                if (failed.contains(sequence(batch.get(i)))) {
                    return i;
                }
            }
            return batch.size();
        }
    }

    private Result invoke(List<Record> batch) {
        try {
            JsonNode failures = host.invoke(feed.function(), event(batch)).path("batchItemFailures");
            Set<String> known = new HashSet<>();
            batch.forEach(record -> known.add(sequence(record)));
            Set<String> failed = new HashSet<>();
            for (JsonNode failure : failures) {
                String sequence = failure.path("itemIdentifier").asText("");
                if (!known.contains(sequence)) {
                    return new Result(null, "the function named a record that was not in the batch");
                }
                failed.add(sequence);
            }
            return new Result(failed, "the function named it as failed");
        } catch (SliceHost.FunctionFailed e) {
            LOG.log(System.Logger.Level.WARNING, "The function of " + feed.name() + " failed", e.getCause());
            return new Result(null, "the function failed: " + e.getMessage());
        }
    }

    private boolean isTooOld(Record record) {
        Instant at = record.dynamodb().approximateCreationDateTime();
        return feed.oldestSeconds() > 0
                && at != null
                && at.plusSeconds(feed.oldestSeconds()).isBefore(Instant.now());
    }

    private void giveUp(String shard, List<Record> batch, String cause) {
        String first = sequence(batch.getFirst());
        String last = sequence(batch.getLast());
        LOG.log(
                System.Logger.Level.ERROR,
                () -> LogLine.of("given-up")
                        .with("feed", feed.name())
                        .with("shard", shard)
                        .with("first", first)
                        .with("last", last)
                        .with("cause", cause)
                        .text());
        dynamo.putItem(request -> request.tableName(FAILURES)
                .item(Map.of(
                        "feed", AttributeValue.fromS(feed.name()),
                        "at", AttributeValue.fromS(Instant.now() + "#" + first),
                        "shard", AttributeValue.fromS(shard),
                        "first", AttributeValue.fromS(first),
                        "last", AttributeValue.fromS(last),
                        "cause", AttributeValue.fromS(cause))));
        checkpoint(shard, last);
    }

    private @Nullable String checkpoint(String shard) {
        AttributeValue done = dynamo.getItem(request -> request.tableName(CHECKPOINTS)
                        .consistentRead(true)
                        .key(Map.of("feed", AttributeValue.fromS(feed.name()), "shard", AttributeValue.fromS(shard))))
                .item()
                .get("sequence");
        return done == null ? null : done.s();
    }

    private void checkpoint(String shard, String sequence) {
        dynamo.putItem(request -> request.tableName(CHECKPOINTS)
                .item(Map.of(
                        "feed", AttributeValue.fromS(feed.name()),
                        "shard", AttributeValue.fromS(shard),
                        "sequence", AttributeValue.fromS(sequence))));
    }

    private JsonNode event(List<Record> batch) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Record record : batch) {
            ObjectNode one = records.addObject()
                    .put("eventID", record.eventID())
                    .put("eventName", record.eventNameAsString())
                    .put("eventSource", "aws:dynamodb")
                    .put("eventVersion", "1.1")
                    .put("awsRegion", Template.REGION)
                    .put("eventSourceARN", feed.source());
            ObjectNode change = one.putObject("dynamodb")
                    .put("SequenceNumber", sequence(record))
                    .put("StreamViewType", record.dynamodb().streamViewTypeAsString());
            change.set("Keys", DynamoJson.item(record.dynamodb().keys()));
            if (record.dynamodb().hasNewImage()) {
                change.set("NewImage", DynamoJson.item(record.dynamodb().newImage()));
            }
        }
        return event;
    }

    private static String sequence(Record record) {
        return Objects.requireNonNull(record.dynamodb().sequenceNumber());
    }

    private void rest(long millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (!stopping && System.nanoTime() < until) {
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), 50_000_000));
        }
    }
}
