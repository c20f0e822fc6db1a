package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.feeds.ChangeStream.ChangeRecord;
import dev.storyline.local.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * An event source mapping from the change stream of a table to a function. It takes the records shard by shard and invokes
 * the function as Lambda does: batches in order, partial batch responses, bisecting, a limit of retries with back-off, a
 * limit of age, and a queue for records that are given up. Its positions are stored, so it resumes after a restart.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Parameters of event source
 *     mappings for DynamoDB</a>
 */
public final class EventSourceMapping extends PollingLoop {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.feed");
    private static final long LONGEST_PAUSE_MS = 5_000;

    /** DynamoDB Local truncates the time of a record to the minute, so a record may seem this much older than it is. */
    private static final Duration AGE_TOLERANCE = Duration.ofMinutes(1);

    private final Deployment.Feed feed;
    private final ChangeStream stream;
    private final DeliveryStore store;
    private final FunctionInvoker host;
    private final LocalQueues queues;
    private final Chaos chaos;
    private final Map<String, String> positions = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    /** The reading of {@link System#nanoTime} at the write of the record that is being delivered; 0 where there is none. */
    private volatile long deliveringSince;

    private final AtomicLong givenUp = new AtomicLong();

    /** Starts: what is waiting is delivered at once, later records after each write. */
    public EventSourceMapping(
            Deployment.Feed feed,
            ChangeStream stream,
            FunctionInvoker host,
            LocalQueues queues,
            DiskSpace disk,
            Chaos chaos) {
        super("feed " + feed.name(), disk);
        this.feed = feed;
        this.stream = stream;
        this.store = queues.store();
        this.host = host;
        this.queues = queues;
        this.chaos = chaos;
        stream.listen(this::wake);
        begin();
    }

    /** How long ago the record was written that is being delivered; zero where there is none, or where it fails. */
    public Duration lag() {
        long since = deliveringSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** The name of the feed. */
    public String name() {
        return feed.name();
    }

    /** How many records were given up since the start. */
    public long givenUp() {
        return givenUp.get();
    }

    @Override
    void forget() {
        stream.forget();
        positions.clear();
    }

    @Override
    Duration idle() {
        return UNTIL_WOKEN;
    }

    @Override
    boolean poll() {
        boolean any = false;
        List<Shard> shards = stream.shards();
        for (Shard shard : shards) {
            boolean parentDone = shard.parentShardId() == null
                    || finished.contains(shard.parentShardId())
                    || shards.stream().noneMatch(other -> other.shardId().equals(shard.parentShardId()));
            if (parentDone && !finished.contains(shard.shardId()) && !isStopping()) {
                any |= poll(shard.shardId());
            }
        }
        return any;
    }

    private boolean poll(String shard) {
        String position = positions.containsKey(shard) ? positions.get(shard) : store.position(feed.name(), shard);
        ChangeStream.Batch batch = stream.after(shard, position, feed.batchSize());
        if (batch.isEnd()) {
            finished.add(shard);
            return true;
        }
        if (batch.records().isEmpty()) {
            return false;
        }
        try {
            deliveringSince = batch.records().getFirst().writtenAt();
            deliver(shard, batch.records());
        } finally {
            deliveringSince = 0;
        }
        return true;
    }

    /**
     * Invokes the function until the whole batch is done or given up, and stores its position after each success. A
     * failing record is first separated from its batch, which does not count as a retry, so only that record is given up.
     */
    private void deliver(String shard, List<ChangeRecord> batch) {
        List<ChangeRecord> pending = batch;
        int tries = 0;
        while (!pending.isEmpty() && !isStopping()) {
            int old = tooOld(pending);
            if (old > 0) {
                giveUp(shard, pending.subList(0, old), "older than " + feed.oldestSeconds() + " seconds");
                pending = pending.subList(old, pending.size());
                continue;
            }
            awaitRoom();
            Result result = invoke(pending);
            int done = result.done(pending);
            if (done > 0) {
                reached(shard, pending.get(done - 1).sequence());
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
                deliveringSince = 0;
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
        int done(List<ChangeRecord> batch) {
            if (failed == null) {
                return 0;
            }
            for (int i = 0; i < batch.size(); i++) {
                if (failed.contains(batch.get(i).sequence())) {
                    return i;
                }
            }
            return batch.size();
        }
    }

    private Result invoke(List<ChangeRecord> batch) {
        try {
            List<ChangeRecord> delivered = chaos.disordered(chaos.decimated(batch));
            JsonNode reply = host.invoke(feed.function(), event(delivered));
            if (chaos.doubles()) {
                host.invoke(feed.function(), event(delivered));
            }
            if (!feed.partial()) {
                return new Result(Set.of(), "");
            }
            JsonNode failures = reply.path("batchItemFailures");
            Set<String> known = new HashSet<>();
            batch.forEach(record -> known.add(record.sequence()));
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
    private int tooOld(List<ChangeRecord> batch) {
        if (feed.oldestSeconds() <= 0) {
            return 0;
        }
        Instant oldest = Instant.now().minusSeconds(feed.oldestSeconds()).minus(AGE_TOLERANCE);
        int count = 0;
        while (count < batch.size() && batch.get(count).created().isBefore(oldest)) {
            count++;
        }
        return count;
    }

    private void giveUp(String shard, List<ChangeRecord> batch, String cause) {
        String first = batch.getFirst().sequence();
        String last = batch.getLast().sequence();
        givenUp.addAndGet(batch.size());
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
        reached(shard, last);
    }

    /** The message to an on-failure destination: it locates the records and does not contain them, as on Lambda. */
    private JsonNode failure(String shard, List<ChangeRecord> batch, String cause) {
        ObjectNode failure = Json.mapper().createObjectNode();
        failure.putObject("requestContext").put("functionArn", feed.function()).put("condition", cause);
        failure.put("version", "1.0").put("timestamp", Instant.now().toString());
        failure.putObject("DDBStreamBatchInfo")
                .put("shardId", shard)
                .put("startSequenceNumber", batch.getFirst().sequence())
                .put("endSequenceNumber", batch.getLast().sequence())
                .put("batchSize", batch.size())
                .put("streamArn", stream.arn());
        return failure;
    }

    private void reached(String shard, String sequence) {
        store.position(feed.name(), shard, sequence);
        positions.put(shard, sequence);
    }

    private JsonNode event(List<ChangeRecord> batch) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (ChangeRecord record : batch) {
            ObjectNode one = records.addObject();
            one.setAll(record.event());
            one.put("eventSourceARN", feed.source());
        }
        return event;
    }
}
