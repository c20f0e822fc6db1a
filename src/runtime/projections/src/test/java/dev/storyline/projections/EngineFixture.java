package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** An event table with tills, and the parts that the engines under test need. */
abstract class EngineFixture {
    /** Counts writes and reads of items, fails the writes that contain a text, and throttles everything if it is told to. */
    static final class Calls implements ExecutionInterceptor {
        final AtomicInteger writes = new AtomicInteger();
        final AtomicInteger reads = new AtomicInteger();
        volatile String failing = "(none)";
        volatile boolean throttled;

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (throttled) {
                throw ProvisionedThroughputExceededException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .build())
                        .build();
            }
            if (context.request() instanceof GetItemRequest || context.request() instanceof BatchGetItemRequest) {
                reads.incrementAndGet();
            }
            if (context.request() instanceof PutItemRequest || context.request() instanceof TransactWriteItemsRequest) {
                writes.incrementAndGet();
                if (context.request().toString().contains(failing)) {
                    throw SdkClientException.create("no answer");
                }
            }
        }
    }

    /** A clock that a test sets. */
    static final class Ticking extends Clock {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    final Calls calls = new Calls();
    final DynamoDbClient uncounted = Tills.client(new ExecutionInterceptor() {});
    final String events = Tills.eventTable();
    final EventStore store = new DynamoDbEventStore(uncounted, events);
    final EventScan scan = new EventScan(uncounted, events);
    final Ticking clock = new Ticking();
    final StreamId stream = new StreamId("till", "one");

    Commit commit(StreamId to, long version, Record... events) {
        EventCodec codec = new EventCodec(LANGUAGE);
        return stored(to, version, List.of(events).stream().map(codec::encode).toList());
    }

    Commit stored(StreamId to, long version, List<StoredEvent> events) {
        Commit commit = new Commit(
                to,
                version,
                to + "-" + version,
                Instant.EPOCH,
                events,
                new CommitMetadata("tester", "conversation", null, null, null));
        store.append(commit);
        return commit;
    }

    static FeedRecord record(Commit commit) {
        return new FeedRecord.Inserted(commit.id(), commit);
    }
}
