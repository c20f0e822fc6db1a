package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.DynamoJson;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.lambda.FunctionInvoker;
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
import java.util.function.Consumer;
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
 * An event source mapping from the change stream of a table to a function. It reads the stream shard by shard and invokes
 * the function as Lambda does: batches in order, partial batch responses, bisecting, a limit of retries with back-off, a
 * limit of age, and a queue for records that are given up. Its positions are in a table, so it resumes after a restart.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Parameters of event source
 *     mappings for DynamoDB</a>
 */
public final class EventSourceMapping extends PollingLoop {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.feed");
    /** The pause between two polls without records, unless a write wakes the mapping. */
    private static final Duration IDLE = Duration.ofMillis(250);

    /** A write may appear in the change stream a little after its answer: after a wake-up, polls are more frequent. */
    private static final Duration ALERT = Duration.ofMillis(500);

    private static final Duration ALERT_IDLE = Duration.ofMillis(20);

    private static final Duration SHARDS_STALE = Duration.ofSeconds(2);
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final int MOST_RECORDS_A_READ = 1_000;

    /** DynamoDB Local truncates the time of a record to the minute, so a record may seem this much older than it is. */
    private static final Duration AGE_TOLERANCE = Duration.ofMinutes(1);

    private final Deployment.Feed feed;
    private final String table;
    private final DynamoDbClient dynamo;
    private final DynamoDbStreamsClient streams;
    private final FunctionInvoker host;
    private final Consumer<String> written;
    private final LocalQueues queues;
    private final Chaos chaos;
    private final Map<String, String> iterators = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private List<Shard> shards = List.of();
    private long shardsReadAt;

    /**
     * Starts polling.
     *
     * @param written gets the ARN of the function after each batch, since the function may write what other feeds read
     */
    public EventSourceMapping(
            Deployment.Feed feed,
            String table,
            DynamoDbClient dynamo,
            DynamoDbStreamsClient streams,
            FunctionInvoker host,
            Consumer<String> written,
            LocalQueues queues,
            Chaos chaos) {
        super("feed " + feed.name());
        this.feed = feed;
        this.table = table;
        this.dynamo = dynamo;
        this.streams = streams;
        this.host = host;
        this.written = written;
        this.queues = queues;
        this.chaos = chaos;
        begin();
    }

    /** The ARN of the function. */
    public String function() {
        return feed.function();
    }

    @Override
    void forget() {
        iterators.clear();
    }

    @Override
    Duration idle() {
        return sinceWoken().compareTo(ALERT) < 0 ? ALERT_IDLE : IDLE;
    }

    @Override
    boolean poll() {
        boolean any = false;
        for (Shard shard : shards()) {
            boolean parentDone = shard.parentShardId() == null
                    || finished.contains(shard.parentShardId())
                    || shards.stream().noneMatch(other -> other.shardId().equals(shard.parentShardId()));
            if (parentDone && !finished.contains(shard.shardId()) && !isStopping()) {
                any |= poll(shard.shardId());
            }
        }
        return any;
    }

    private List<Shard> shards() {
        long now = System.nanoTime();
        if (shards.isEmpty() || now - shardsReadAt > SHARDS_STALE.toNanos()) {
            String arn = streamArn();
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
            response = streams.getRecords(
                    request -> request.shardIterator(from).limit(Math.min(feed.batchSize(), MOST_RECORDS_A_READ)));
        } catch (ExpiredIteratorException e) {
            iterators.remove(shard);
            return true;
        } catch (TrimmedDataAccessException e) {
            iterators.put(shard, oldest(shard));
            return false;
        }
        List<Record> records = response.records();
        if (!records.isEmpty()) {
            deliver(shard, records);
            written.accept(feed.function());
        }
        if (isStopping()) {
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
        String done = checkpoint(shard);
        if (done == null) {
            return oldest(shard);
        }
        try {
            return iterator(
                    shard,
                    request -> request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .sequenceNumber(done));
        } catch (TrimmedDataAccessException e) {
            return oldest(shard);
        }
    }

    private String oldest(String shard) {
        if (checkpoint(shard) != null) {
            LOG.log(System.Logger.Level.WARNING, "The feed " + feed.name() + " fell behind the stream's retention");
        }
        return iterator(shard, request -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    }

    private String iterator(String shard, Consumer<GetShardIteratorRequest.Builder> place) {
        String arn = streamArn();
        return streams.getShardIterator(
                        request -> place.accept(request.streamArn(arn).shardId(shard)))
                .shardIterator();
    }

    private String streamArn() {
        return dynamo.describeTable(request -> request.tableName(table)).table().latestStreamArn();
    }

    /**
     * Invokes the function until the whole batch is done or given up, and stores a checkpoint after each success. A
     * failing record is first separated from its batch, which does not count as a retry, so only that record is given up.
     */
    private void deliver(String shard, List<Record> batch) {
        List<Record> pending = batch;
        int tries = 0;
        while (!pending.isEmpty() && !isStopping()) {
            int old = tooOld(pending);
            if (old > 0) {
                giveUp(shard, pending.subList(0, old), "older than " + feed.oldestSeconds() + " seconds");
                pending = pending.subList(old, pending.size());
                continue;
            }
            Result result = invoke(pending);
            int done = result.done(pending);
            if (done > 0) {
                checkpoint(shard, sequence(pending.get(done - 1)));
                pending = pending.subList(done, pending.size());
                tries = 0;
            } else if (feed.bisect() && pending.size() > 1) {
                int cut = result.failedWhole() ? pending.size() / 2 : 1;
                deliver(shard, pending.subList(0, cut));
                pending = pending.subList(cut, pending.size());
                tries = 0;
            } else if (feed.retries() >= 0 && tries >= feed.retries()) {
                giveUp(shard, pending, result.cause());
                return;
            } else {
                tries++;
                rest(Duration.ofMillis(
                        ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE_MS, 50L << Math.min(tries, 10)))));
            }
        }
    }

    /** The result of an invocation: the sequence numbers that failed, or null if the whole batch failed. */
    private record Result(@Nullable Set<String> failed, String cause) {
        boolean failedWhole() {
            return failed == null;
        }

        /** The number of records before the first one that failed. */
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
            List<Record> delivered = chaos.disordered(chaos.decimated(batch));
            JsonNode reply = host.invoke(feed.function(), event(delivered));
            if (chaos.doubles()) {
                host.invoke(feed.function(), event(delivered));
            }
            if (!feed.partial()) {
                return new Result(Set.of(), "");
            }
            JsonNode failures = reply.path("batchItemFailures");
            Set<String> known = new HashSet<>();
            batch.forEach(record -> known.add(sequence(record)));
            Set<String> failed = new HashSet<>();
            for (JsonNode failure : failures) {
                String sequence = failure.path("itemIdentifier").asText("");
                if (!known.contains(sequence)) {
                    return new Result(null, "the function named a record that is not in the batch");
                }
                failed.add(sequence);
            }
            return new Result(failed, "the function named it as failed");
        } catch (FunctionInvoker.FunctionFailed e) {
            LOG.log(System.Logger.Level.WARNING, "The function of " + feed.name() + " failed", e.getCause());
            return new Result(null, "the function failed: " + e.getMessage());
        }
    }

    /** The number of records at the start of a batch that are too old. */
    private int tooOld(List<Record> batch) {
        if (feed.oldestSeconds() <= 0) {
            return 0;
        }
        Instant oldest = Instant.now().minusSeconds(feed.oldestSeconds()).minus(AGE_TOLERANCE);
        int count = 0;
        while (count < batch.size() && created(batch.get(count)).isBefore(oldest)) {
            count++;
        }
        return count;
    }

    private static Instant created(Record record) {
        return Objects.requireNonNullElse(record.dynamodb().approximateCreationDateTime(), Instant.MAX);
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
        if (!feed.onFailure().isEmpty()) {
            queues.send(feed.onFailure(), failure(shard, batch, cause).toString());
        }
        checkpoint(shard, last);
    }

    /** The message to an on-failure destination: it locates the records and does not contain them, as on Lambda. */
    private JsonNode failure(String shard, List<Record> batch, String cause) {
        ObjectNode failure = Json.mapper().createObjectNode();
        failure.putObject("requestContext").put("functionArn", feed.function()).put("condition", cause);
        failure.put("version", "1.0").put("timestamp", Instant.now().toString());
        failure.putObject("DDBStreamBatchInfo")
                .put("shardId", shard)
                .put("startSequenceNumber", sequence(batch.getFirst()))
                .put("endSequenceNumber", sequence(batch.getLast()))
                .put("batchSize", batch.size())
                .put("streamArn", streamArn());
        return failure;
    }

    private @Nullable String checkpoint(String shard) {
        AttributeValue done = dynamo.getItem(request -> request.tableName(LocalDatabase.CHECKPOINTS)
                        .consistentRead(true)
                        .key(Map.of("feed", AttributeValue.fromS(feed.name()), "shard", AttributeValue.fromS(shard))))
                .item()
                .get("sequence");
        return done == null ? null : done.s();
    }

    private void checkpoint(String shard, String sequence) {
        dynamo.putItem(request -> request.tableName(LocalDatabase.CHECKPOINTS)
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
                    .put("awsRegion", Deployment.REGION)
                    .put("eventSourceARN", feed.source());
            ObjectNode change = one.putObject("dynamodb")
                    .put("SequenceNumber", sequence(record))
                    .put("StreamViewType", record.dynamodb().streamViewTypeAsString());
            Instant created = record.dynamodb().approximateCreationDateTime();
            if (created != null) {
                change.put("ApproximateCreationDateTime", created.getEpochSecond());
            }
            Long size = record.dynamodb().sizeBytes();
            if (size != null) {
                change.put("SizeBytes", size);
            }
            change.set("Keys", DynamoJson.item(record.dynamodb().keys()));
            if (record.dynamodb().hasOldImage()) {
                change.set("OldImage", DynamoJson.item(record.dynamodb().oldImage()));
            }
            if (record.dynamodb().hasNewImage()) {
                change.set("NewImage", DynamoJson.item(record.dynamodb().newImage()));
            }
        }
        return event;
    }

    private static String sequence(Record record) {
        return Objects.requireNonNull(record.dynamodb().sequenceNumber());
    }
}
