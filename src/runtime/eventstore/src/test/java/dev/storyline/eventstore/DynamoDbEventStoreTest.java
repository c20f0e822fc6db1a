package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.EventStore.AppendResult;
import dev.storyline.eventstore.EventStore.Unmoved;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoDbEventStoreTest {
    private static final TestTable TABLE = TestTable.create();
    private static final StreamId STREAM = new StreamId("thing", "long");

    private final DynamoDbEventStore store = TABLE.store();
    private final StreamId stream = new StreamId("thing", UUID.randomUUID().toString());
    private final StreamId other = new StreamId("other", UUID.randomUUID().toString());

    @Test
    void what_was_appended_is_read_back_in_order_and_whole() {
        Commit first = Commits.of(stream, 1, "a", 2);
        Commit second = Commits.of(stream, 3, "b", 1);
        assertThat(store.append(first)).isEqualTo(new AppendResult.Appended());
        assertThat(store.append(second)).isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store, stream)).containsExactly(first, second);
    }

    @Test
    void reading_starts_after_a_version_ends_at_one_and_tells_the_last() {
        for (int version = 1; version <= 5; version++) {
            store.append(Commits.of(stream, version, "c" + version, 1));
        }
        List<Commit> some = new ArrayList<>();
        assertThat(store.read(stream, 2, 4, some::add)).isEqualTo(4);
        assertThat(some).extracting(Commit::version).containsExactly(3L, 4L);
        assertThat(store.read(stream, 5, Long.MAX_VALUE, some::add)).isEqualTo(5);
        assertThat(store.read(stream, 5, 5, some::add)).isEqualTo(5);
        assertThat(store.read(other, 0, Long.MAX_VALUE, some::add)).isZero();
    }

    @Test
    void the_commit_of_an_event_is_found_by_any_of_its_versions() {
        Commit first = Commits.of(stream, 1, "a", 3);
        Commit second = Commits.of(stream, 4, "b", 1);
        store.append(first);
        store.append(second);
        assertThat(store.commitOf(stream, 1)).isEqualTo(first);
        assertThat(store.commitOf(stream, 3)).isEqualTo(first);
        assertThat(store.commitOf(stream, 4)).isEqualTo(second);
        assertThat(store.commitOf(stream, 5)).isNull();
        assertThat(store.commitOf(other, 1)).isNull();
    }

    @Test
    void a_taken_version_stays_as_it_is_and_the_commit_in_the_way_is_told() {
        Commit first = Commits.of(stream, 1, "a", 1);
        store.append(first);
        assertThat(store.append(Commits.of(stream, 1, "b", 1))).isEqualTo(new AppendResult.Conflict(first));
        assertThat(store.append(first)).as("our own earlier write").isEqualTo(new AppendResult.Conflict(first));
        assertThat(Commits.all(store, stream)).containsExactly(first);
    }

    @Test
    void a_hole_in_a_stream_is_never_read_over() {
        store.append(Commits.of(stream, 1, "a", 1));
        store.append(Commits.of(stream, 3, "b", 1));
        assertThatThrownBy(() -> Commits.all(store, stream))
                .isInstanceOf(StoreFailure.Corrupted.class)
                .hasMessageContaining("goes on at version 3 after version 1");
    }

    @Test
    void limits_are_errors_and_nothing_is_written() {
        List<Commit> tooMuch = List.of(
                Commits.of(stream, 1, "a", EventStore.MAX_EVENTS + 1),
                Commits.of(stream, 1, "a", List.of("{\"text\":\"" + "x".repeat(EventStore.MAX_BYTES) + "\"}")),
                Commits.of(stream, 1, " ", 1),
                Commits.of(stream, 1, CommandId.dispatch(" ").stored(), 1),
                Commits.of(stream, 1, "k".repeat(129), 1),
                Commits.of(stream, 1, CommandId.translation("k".repeat(129)).stored(), 1));
        for (Commit commit : tooMuch) {
            assertThatThrownBy(() -> store.append(commit)).isInstanceOf(StoreFailure.LimitExceeded.class);
            assertThatThrownBy(() -> store.appendAll(List.of(commit), List.of()))
                    .isInstanceOf(StoreFailure.LimitExceeded.class);
        }
        assertThat(Commits.all(store, stream)).isEmpty();
        Commit most = Commits.of(
                stream, 1, "a", Collections.nCopies(EventStore.MAX_EVENTS, "{\"text\":\"" + "x".repeat(3_400) + "\"}"));
        assertThat(store.append(most)).isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store, stream)).containsExactly(most);
    }

    @Test
    void several_streams_are_appended_to_all_or_nothing() {
        Commit home = Commits.of(stream, 1, "a", 1);
        Commit away = Commits.of(other, 1, "a", 2);
        assertThat(store.appendAll(List.of(home, away), List.of())).isEqualTo(new AppendResult.Appended());
        Commit next = Commits.of(stream, 2, "b", 1);
        assertThat(store.appendAll(List.of(next), List.of(new Unmoved(other, 0))))
                .as("the other stream has moved")
                .isEqualTo(new AppendResult.Conflict(away));
        assertThat(store.appendAll(List.of(next, Commits.of(other, 1, "b", 1)), List.of()))
                .isEqualTo(new AppendResult.Conflict(away));
        assertThat(Commits.all(store, stream)).containsExactly(home);
        assertThat(store.appendAll(List.of(next), List.of(new Unmoved(other, 2))))
                .isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store, stream)).containsExactly(home, next);
        assertThat(Commits.all(store, other)).containsExactly(away);
    }

    @Test
    void the_home_stream_is_told_first_where_several_have_moved() {
        Commit home = Commits.of(stream, 1, "a", 1);
        store.append(home);
        store.append(Commits.of(other, 1, "x", 1));
        assertThat(store.appendAll(List.of(Commits.of(stream, 1, "b", 1), Commits.of(other, 1, "b", 1)), List.of()))
                .isEqualTo(new AppendResult.Conflict(home));
    }

    @Test
    void commits_that_are_too_much_together_are_refused() {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            commits.add(Commits.of(
                    new StreamId("thing", other.id() + i),
                    1,
                    "a",
                    List.of("{\"text\":\"" + "x".repeat(340_000) + "\"}")));
        }
        assertThatThrownBy(() -> store.appendAll(commits, List.of()))
                .isInstanceOf(StoreFailure.LimitExceeded.class)
                .hasMessageContaining("record less, or in fewer streams");
        assertThat(Commits.all(store, commits.getFirst().stream())).isEmpty();
        assertThat(store.appendAll(commits.subList(0, 11), List.of())).isEqualTo(new AppendResult.Appended());
    }

    @Test
    void too_many_streams_or_one_twice_are_refused() {
        List<Unmoved> many = new ArrayList<>();
        for (int i = 0; i < EventStore.MAX_STREAMS; i++) {
            many.add(new Unmoved(new StreamId("thing", "n" + i), 0));
        }
        List<Commit> home = List.of(Commits.of(stream, 1, "a", 1));
        assertThatThrownBy(() -> store.appendAll(home, many)).isInstanceOf(StoreFailure.LimitExceeded.class);
        assertThatThrownBy(() -> store.appendAll(home, List.of(new Unmoved(stream, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes part twice");
        assertThat(Commits.all(store, stream)).isEmpty();
    }

    @Test
    void of_sixteen_writers_at_one_version_exactly_one_succeeds() throws Exception {
        List<Callable<AppendResult>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Commit commit = Commits.of(stream, 1, "writer-" + i, 1);
            writers.add(() -> store.append(commit));
        }
        int written = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<AppendResult> future : executor.invokeAll(writers)) {
                written += future.get() instanceof AppendResult.Appended ? 1 : 0;
            }
        }
        assertThat(written).isOne();
        assertThat(Commits.all(store, stream)).hasSize(1);
    }

    @Test
    void a_stream_of_10000_commits_loads_whole() {
        TestTable table = TestTable.create();
        List<WriteRequest> batch = new ArrayList<>();
        for (int version = 1; version <= 10_000; version++) {
            Commit commit = Commits.of(STREAM, version, "c" + version, 1);
            batch.add(WriteRequest.builder()
                    .putRequest(PutRequest.builder().item(CommitItem.of(commit)).build())
                    .build());
            if (batch.size() == 25) {
                table.client().batchWriteItem(request -> request.requestItems(Map.of(table.name(), batch)));
                batch.clear();
            }
        }
        AtomicInteger count = new AtomicInteger();
        assertThat(table.store().read(STREAM, 0, Long.MAX_VALUE, commit -> count.incrementAndGet()))
                .isEqualTo(10_000);
        assertThat(count).hasValue(10_000);
    }

    @Test
    void a_small_commit_costs_one_write_unit_however_many_events_it_has() {
        StreamId stream = new StreamId("thing", "cheap");
        Map<String, AttributeValue> item = CommitItem.of(Commits.of(stream, 1, "a", Collections.nCopies(20, "{}")));
        double units = TABLE.client()
                .putItem(request ->
                        request.tableName(TABLE.name()).item(item).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits();
        assertThat(ItemSize.bytes(item)).isLessThan(1_024);
        assertThat(units).isEqualTo(1.0).isEqualTo(ItemSize.writeUnits(ItemSize.bytes(item)));
    }

    @Test
    void the_computed_size_of_an_item_bills_as_dynamodb_does_around_the_borders() {
        for (int filler = 600; filler < 2_800; filler += 37) {
            Map<String, AttributeValue> item = CommitItem.of(Commits.of(
                    new StreamId("thing", "size"), 1, "a", List.of("{\"text\":\"" + "x".repeat(filler) + "\"}")));
            double units = TABLE.client()
                    .putItem(request -> request.tableName(TABLE.name())
                            .item(item)
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                    .consumedCapacity()
                    .capacityUnits();
            int bytes = ItemSize.bytes(item);
            // Within a few bytes of a border the emulator rounds differently.
            if (bytes % 1_024 > 16 && bytes % 1_024 < 1_008) {
                assertThat((double) ItemSize.writeUnits(bytes))
                        .as("%d bytes", bytes)
                        .isEqualTo(units);
            }
        }
    }

    @Test
    void the_names_in_an_item_are_the_storage_format() {
        Commit commit = Commits.of(new StreamId("thing", "one"), 7, "command", 2);
        Map<String, AttributeValue> item = CommitItem.of(commit);
        assertThat(item).containsOnlyKeys("stream", "version", "last", "commit", "at", "events", "meta");
        assertThat(item.get("stream")).isEqualTo(AttributeValue.fromS("thing#one"));
        assertThat(item.get("version")).isEqualTo(AttributeValue.fromN("7"));
        assertThat(item.get("last")).isEqualTo(AttributeValue.fromN("8"));
        assertThat(item.get("commit")).isEqualTo(AttributeValue.fromS("command"));
        assertThat(item.get("at")).isEqualTo(AttributeValue.fromS("2026-01-01T00:00:00.123Z"));
        assertThat(Objects.requireNonNull(item.get("events")).l().getFirst().m())
                .containsOnlyKeys("type", "v", "data");
        assertThat(Objects.requireNonNull(item.get("meta")).m())
                .containsOnlyKeys("actor", "correlation", "causation", "request", "rule", "sentence");
        assertThat(CommitItem.read(item)).isEqualTo(commit);
    }

    /** Fails calls before they are sent, or after the response has arrived. */
    private record Faults(Predicate<SdkRequest> before, Predicate<SdkRequest> after, RuntimeException fault)
            implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (before.test(context.request())) {
                throw fault;
            }
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            if (after.test(context.request())) {
                throw fault;
            }
        }
    }

    private static RuntimeException serviceError(int status, String code) {
        return DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(code)
                        .build())
                .message(code)
                .build();
    }

    @Test
    void throttling_and_failing_are_told_apart_and_a_read_fails_whole() {
        Commit commit = Commits.of(STREAM, 1, "a", 1);
        DynamoDbEventStore throttled = TestTable.create(new Faults(
                        request -> true, request -> false, serviceError(400, "ProvisionedThroughputExceededException")))
                .store();
        assertThatThrownBy(() -> throttled.append(commit)).isInstanceOf(StoreFailure.Throttled.class);
        assertThatThrownBy(() -> throttled.appendAll(List.of(commit), List.of()))
                .isInstanceOf(StoreFailure.Throttled.class);
        assertThatThrownBy(() -> Commits.all(throttled, STREAM)).isInstanceOf(StoreFailure.Throttled.class);
        DynamoDbEventStore failing = TestTable.create(
                        new Faults(request -> true, request -> false, serviceError(500, "InternalServerError")))
                .store();
        assertThatThrownBy(() -> failing.append(commit)).isInstanceOf(StoreFailure.Unavailable.class);
        DynamoDbEventStore silent = TestTable.create(
                        new Faults(request -> true, request -> false, SdkClientException.create("no answer")))
                .store();
        assertThatThrownBy(() -> silent.append(commit)).isInstanceOf(StoreFailure.Unavailable.class);
    }

    @Test
    void a_read_whose_second_page_fails_fails_whole() {
        AtomicInteger pages = new AtomicInteger();
        TestTable table = TestTable.create(new Faults(
                request -> request instanceof QueryRequest && pages.incrementAndGet() == 2,
                request -> false,
                SdkClientException.create("no answer")));
        String large = "{\"text\":\"" + "x".repeat(300_000) + "\"}";
        for (int version = 1; version <= 5; version++) {
            table.store().append(Commits.of(STREAM, version, "c" + version, List.of(large)));
        }
        assertThatThrownBy(() -> Commits.all(table.store(), STREAM)).isInstanceOf(StoreFailure.Unavailable.class);
        assertThat(Commits.all(table.store(), STREAM)).hasSize(5);
    }

    @Test
    void a_write_whose_answer_was_lost_is_recognised_as_our_own() {
        AtomicInteger puts = new AtomicInteger();
        TestTable table = TestTable.create(new Faults(
                request -> false,
                request -> request instanceof PutItemRequest && puts.incrementAndGet() == 1,
                SdkClientException.create("the answer was lost")));
        Commit commit = Commits.of(STREAM, 1, "mine", 1);
        AppendResult first;
        try {
            first = table.store().append(commit);
        } catch (StoreFailure.Unavailable e) {
            first = table.store().append(commit);
        }
        assertThat(first).isEqualTo(new AppendResult.Conflict(commit));
        assertThat(Commits.all(table.store(), STREAM)).containsExactly(commit);
    }
}
