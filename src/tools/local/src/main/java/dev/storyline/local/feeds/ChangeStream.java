package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.DynamoJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The change stream of one table. Each record is read from DynamoDB once, by the first feed that asks for it, and kept for
 * the others. DynamoDB is asked only after a write to the table.
 */
public final class ChangeStream {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.feed");
    private static final int MOST_RECORDS_A_READ = 1_000;

    private final String table;
    private final DynamoDbStreamsClient streams;
    private final List<Runnable> feeds = new CopyOnWriteArrayList<>();
    private final AtomicLong writes = new AtomicLong(1);
    private final Map<String, ShardTail> tails = new HashMap<>();
    private volatile long unreadSince;
    private List<Shard> shards = List.of();
    private @Nullable String arn;

    public ChangeStream(String table, DynamoDbStreamsClient streams) {
        this.table = table;
        this.streams = streams;
    }

    /**
     * A record of the stream.
     *
     * @param sequence the sequence number; within a shard later records have greater ones
     * @param created when it was written, cut to the minute by DynamoDB Local
     * @param writtenAt the reading of {@link System#nanoTime} at the write, or a little later
     * @param size the size in bytes
     * @param event the record as Lambda gives it to functions, without the ARN of the source
     */
    record ChangeRecord(String sequence, Instant created, long writtenAt, long size, ObjectNode event) {}

    /**
     * Some records.
     *
     * @param records the records, the oldest first; empty where there are no more for now
     * @param isEnd whether the shard has ended, and no record of it follows
     */
    record Batch(List<ChangeRecord> records, boolean isEnd) {}

    /** Calls a feed after each write. */
    void listen(Runnable feed) {
        feeds.add(feed);
    }

    /** Notes a write to the table and wakes the feeds. */
    public void written() {
        if (unreadSince == 0) {
            unreadSince = System.nanoTime();
        }
        writes.incrementAndGet();
        feeds.forEach(Runnable::run);
    }

    /** The shards, the oldest first. */
    synchronized List<Shard> shards() {
        if (shards.isEmpty()) {
            List<Shard> all = new ArrayList<>();
            String last = null;
            do {
                String from = last;
                StreamDescription page = streams.describeStream(
                                request -> request.streamArn(arn()).exclusiveStartShardId(from))
                        .streamDescription();
                all.addAll(page.shards());
                last = page.lastEvaluatedShardId();
            } while (last != null);
            shards = all;
        }
        return shards;
    }

    /** The ARN of the stream. */
    synchronized String arn() {
        if (arn == null) {
            arn = streams.listStreams(request -> request.tableName(table)).streams().stream()
                    .map(Stream::streamArn)
                    .reduce((_, later) -> later)
                    .orElseThrow(() -> new IllegalStateException("The table " + table + " has no change stream"));
        }
        return arn;
    }

    /** Forgets what may have caused an exception. */
    synchronized void forget() {
        tails.clear();
        shards = List.of();
    }

    /**
     * The records after a position.
     *
     * @param shard the shard
     * @param position the sequence number of the last record that the feed has; null to begin with the oldest record
     * @param most how many records at most
     */
    Batch after(String shard, @Nullable String position, int most) {
        synchronized (this) {
            ShardTail tail = tails.computeIfAbsent(shard, _ -> new ShardTail(position));
            if (tail.covers(position)) {
                while (!tail.reaches(position) && read(shard, tail)) {}
                List<ChangeRecord> records = tail.after(position, most);
                if (!records.isEmpty() || !read(shard, tail)) {
                    return new Batch(records, records.isEmpty() && tail.isEnded());
                }
                return new Batch(tail.after(position, most), false);
            }
        }
        return older(shard, position, most);
    }

    /** Reads on at the end of a shard; false if there is nothing new. */
    private boolean read(String shard, ShardTail tail) {
        long now = writes.get();
        if (tail.isEnded() || tail.readAt() == now) {
            return false;
        }
        long writtenAt = unreadSince == 0 ? System.nanoTime() : unreadSince;
        unreadSince = 0;
        GetRecordsResponse response = next(shard, tail, MOST_RECORDS_A_READ);
        List<ChangeRecord> records = changes(response.records(), writtenAt);
        tail.append(records, response.nextShardIterator(), records.size() < MOST_RECORDS_A_READ ? now : 0);
        if (tail.isEnded()) {
            shards = List.of();
        }
        return !records.isEmpty();
    }

    private GetRecordsResponse next(String shard, ShardTail tail, int most) {
        String iterator = tail.iterator();
        try {
            return records(iterator == null ? iterator(shard, tail.last()) : iterator, most);
        } catch (ExpiredIteratorException e) {
            return records(iterator(shard, tail.last()), most);
        } catch (TrimmedDataAccessException e) {
            warnOfGap(tail.last());
            return oldest(iterator(shard, null), most);
        }
    }

    /** Records may have been missed, or none followed the position for a day: DynamoDB does not tell which. */
    private void warnOfGap(@Nullable String position) {
        if (position != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The change stream of {0} begins after the position {1} of a feed: what the feed has missed, its daily"
                            + " repair brings up",
                    table,
                    position);
        }
    }

    private GetRecordsResponse oldest(String iterator, int most) {
        try {
            return records(iterator, most);
        } catch (TrimmedDataAccessException e) {
            // Every record of the shard is past its time.
            return GetRecordsResponse.builder()
                    .records(List.of())
                    .nextShardIterator(iterator)
                    .build();
        }
    }

    /** Reads for one feed that is behind what is kept. */
    private Batch older(String shard, @Nullable String position, int most) {
        GetRecordsResponse response = next(shard, new ShardTail(position), Math.min(most, MOST_RECORDS_A_READ));
        List<ChangeRecord> records = changes(response.records(), System.nanoTime());
        return new Batch(records, records.isEmpty() && response.nextShardIterator() == null);
    }

    private GetRecordsResponse records(String iterator, int most) {
        return streams.getRecords(request -> request.shardIterator(iterator).limit(most));
    }

    private String iterator(String shard, @Nullable String position) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(arn()).shardId(shard);
        request = position == null
                ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                : request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(position);
        return streams.getShardIterator(request.build()).shardIterator();
    }

    private static List<ChangeRecord> changes(List<Record> records, long writtenAt) {
        return records.stream().map(record -> change(record, writtenAt)).toList();
    }

    private static ChangeRecord change(Record record, long writtenAt) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventSource", "aws:dynamodb")
                .put("eventVersion", "1.1")
                .put("awsRegion", Deployment.REGION);
        String sequence = Objects.requireNonNull(record.dynamodb().sequenceNumber());
        ObjectNode change = event.putObject("dynamodb")
                .put("SequenceNumber", sequence)
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
        return new ChangeRecord(
                sequence,
                Objects.requireNonNullElse(created, Instant.MAX),
                writtenAt,
                Objects.requireNonNullElse(size, 0L),
                event);
    }
}
