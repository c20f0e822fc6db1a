package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Sum;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProjectionEngineTest extends EngineFixture {
    private final DynamoDbClient client = Tills.client(calls);
    private final String table = Tills.table();
    private final ViewTable view = ViewTable.of(client, table, "sales");
    private final ProjectionEngine engine = engine(new Sales(1, true));

    private ProjectionEngine engine(Sales sales) {
        return ProjectionEngine.of(store, LANGUAGE, sales, view, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    private int total(String field) {
        Total total = view.consistent().row(TOTAL, Total.class);
        BigDecimal value = total == null ? null : field.equals("amount") ? total.amount() : total.sales();
        return value == null ? 0 : value.intValueExact();
    }

    @Test
    void a_batch_in_any_order_is_applied_once_and_its_duplicate_costs_reads_only() {
        Commit first = commit(stream, 1, new Sold("tea", 2), new Sold("cup", 1));
        Commit second = commit(stream, 3, new Cleared("tea"));
        List<FeedRecord> batch = List.of(record(second), record(first), record(first));
        engine.apply(new StreamId("till", "warm-up"), List.of());
        calls.writes.set(0);
        assertThat(engine.apply(batch)).isEmpty();
        assertThat(calls.writes.getAndSet(0)).as("one transaction").isEqualTo(1);
        assertThat(engine.apply(batch)).isEmpty();
        assertThat(calls.writes.get()).isZero();
        assertThat(view.head(stream).position()).isEqualTo(3);
        assertThat(view.head(stream).own(Sum.class)).isEqualTo(new Sum(2));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows())
                .containsExactly(new Sale("cup", 1, "sold", null));
        assertThat(total("amount")).isEqualTo(3);
    }

    @Test
    void a_lost_delivery_is_repaired_from_the_event_table_by_the_next_one() {
        commit(stream, 1, new Sold("a", 1));
        Commit second = commit(stream, 2, new Sold("b", 1));
        commit(stream, 3, new Sold("c", 1));
        Commit fourth = commit(stream, 4, new Sold("d", 1));
        assertThat(engine.apply(stream, List.of(second, fourth))).isEqualTo(new ApplyResult.Reached(4));
        assertThat(total("sales")).isEqualTo(4);
    }

    @Test
    void histories_however_they_are_delivered_end_in_the_same_view_as_a_fresh_fold() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < 40; history++) {
            List<StreamId> streams = new ArrayList<>();
            List<Commit> deliveries = new ArrayList<>();
            List<Commit> lasts = new ArrayList<>();
            int before = total("amount");
            int amount = 0;
            for (int s = 0; s < 3; s++) {
                StreamId one = new StreamId("till", seed + "-" + history + "-" + s);
                streams.add(one);
                int commits = 1 + random.nextInt(8);
                for (int version = 1; version <= commits; version++) {
                    int sold = random.nextInt(9);
                    boolean clear = random.nextInt(3) == 0;
                    amount += clear ? 0 : sold;
                    String item = "i" + random.nextInt(3);
                    Commit commit = commit(one, version, clear ? new Cleared(item) : new Sold(item, sold));
                    for (int copies = random.nextInt(3); copies > 0; copies--) {
                        deliveries.add(commit);
                    }
                    if (version == commits) {
                        lasts.add(commit);
                    }
                }
            }
            Collections.shuffle(deliveries, random);
            deliveries.addAll(random.nextInt(deliveries.size() + 1), lasts);
            deliver(deliveries, random);
            deliver(lasts, random);
            for (StreamId one : streams) {
                FoldedView fold = FoldedView.of(store, LANGUAGE, new Sales(1, true), one);
                assertThat(view.consistent().head(one))
                        .hasToString(fold.head(one).toString());
                assertThat(view.consistent().rows(one.toString(), "", Sale.class))
                        .isEqualTo(fold.rows(one.toString(), "", Sale.class));
            }
            assertThat(total("amount")).isEqualTo(before + amount);
        }
    }

    /** Splits the deliveries into batches and gives them to two engines at the same time. */
    private void deliver(List<Commit> deliveries, Random random) throws Exception {
        List<List<FeedRecord>> batches = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(5));
            batches.add(deliveries.subList(from, to).stream()
                    .map(EngineFixture::record)
                    .toList());
            from = to;
        }
        ProjectionEngine other = engine(new Sales(1, true));
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> futures = new ArrayList<>();
            for (List<FeedRecord> batch : batches) {
                futures.add(executor.submit(() -> engine.apply(batch)));
                futures.add(executor.submit(() -> other.apply(batch)));
            }
            for (Future<List<String>> future : futures) {
                assertThat(future.get()).isEmpty();
            }
        }
    }

    @Test
    void what_cannot_be_decoded_or_must_not_be_passed_over_parks() {
        Commit broken = stored(stream, 1, List.of(new StoredEvent("Sold", 1, false, "{\"item\": 1}")));
        StreamId other = new StreamId("till", "other");
        Commit unknown = stored(other, 1, List.of(new StoredEvent("Burnt", 1, true, "{}")));
        assertThat(engine.apply(List.of(record(broken), record(unknown)))).isEmpty();
        assertThat(view.head(stream).parked()).isNotNull();
        assertThat(view.head(other).parked()).isNotNull();
    }

    @Test
    void a_view_of_another_version_of_the_projection_is_left_as_it_is() {
        Commit first = commit(stream, 1, new Sold("tea", 1));
        engine.apply(stream, List.of(first));
        assertThat(engine(new Sales(2, true)).apply(stream, List.of(commit(stream, 2, new Sold("cup", 1)))))
                .isEqualTo(new ApplyResult.Outdated(1));
        assertThat(view.head(stream).position()).isEqualTo(1);
    }

    @Test
    void many_rows_are_cut_between_commits() {
        List<Commit> commits = new ArrayList<>();
        for (int version = 1; version <= 250; version++) {
            commits.add(commit(stream, version, new Sold("item-" + version, 1)));
        }
        assertThat(engine.apply(stream, commits)).isEqualTo(new ApplyResult.Reached(250));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows()).hasSize(250);
        assertThat(total("sales")).isEqualTo(250);
    }

    @Test
    void a_commit_too_large_for_a_transaction_goes_in_chunks_and_is_finished_after_it_was_cut_off() {
        Commit before = commit(stream, 1, new Sold("tea", 1));
        Commit crowd = commit(stream, 2, new Sold("crowd", 250));
        Commit after = commit(stream, 3, new Sold("cup", 1));
        assertThat(engine.apply(stream, List.of(before))).isEqualTo(new ApplyResult.Reached(1));
        calls.failing = "member-220";
        assertThat(engine.apply(List.of(record(crowd), record(after)))).hasSize(2);
        assertThat(view.head(stream).position()).isEqualTo(1);
        assertThat(total("sales")).as("totals go with the last").isEqualTo(1);
        calls.failing = "(none)";
        assertThat(engine.apply(stream, List.of(after))).isEqualTo(new ApplyResult.Reached(3));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows()).hasSize(253);
        assertThat(total("sales")).isEqualTo(3);
        assertThat(total("amount")).isEqualTo(252);
        assertThat(engine.apply(stream, List.of(before, crowd, after))).isEqualTo(new ApplyResult.Reached(3));
        assertThat(total("sales")).isEqualTo(3);
    }

    @Test
    void a_fold_item_with_the_target_that_older_versions_noted_is_read() {
        engine.apply(stream, List.of(commit(stream, 1, new Sold("tea", 1))));
        client.updateItem(update -> update.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS(stream.toString()), "sk", AttributeValue.fromS("@sales")))
                .updateExpression("SET claim = :claim ADD rev :one")
                .expressionAttributeValues(
                        Map.of(":claim", AttributeValue.fromN("2"), ":one", AttributeValue.fromN("1"))));
        Commit crowd = commit(stream, 2, new Sold("crowd", 250));
        assertThat(engine.apply(stream, List.of(crowd))).isEqualTo(new ApplyResult.Reached(2));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows()).hasSize(252);
        assertThat(total("sales")).isEqualTo(2);
    }

    @Test
    void a_commit_with_more_than_90_totals_parks_before_anything_of_it_is_written() {
        Commit spread = commit(stream, 1, new Sold("spread", 91));
        assertThat(engine.apply(stream, List.of(spread))).isInstanceOf(ApplyResult.Standing.class);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).reason())
                .contains("one transaction takes 90 at most");
        assertThat(total("sales")).isZero();
        StreamId other = new StreamId("till", "other");
        assertThat(engine.apply(other, List.of(commit(other, 1, new Sold("spread", 89)))))
                .isEqualTo(new ApplyResult.Reached(1));
    }

    @Test
    void a_row_that_dynamodb_never_takes_parks_at_its_own_commit() {
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(stream, 2, new Sold("", 1));
        Commit huge = commit(stream, 3, new Sold("huge", 1));
        assertThat(engine.apply(List.of(record(good), record(bad), record(huge))))
                .isEmpty();
        assertThat(view.head(stream).position()).isEqualTo(2);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).version()).isEqualTo(3);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).reason()).contains("DynamoDB rejects the rows");
    }

    @Test
    void a_record_that_cannot_be_read_parks_its_stream_where_the_stored_item_cannot_be_read_either() {
        commit(stream, 1, new Sold("tea", 1));
        uncounted.putItem(put -> put.tableName(events)
                .item(Map.of("stream", AttributeValue.fromS(stream.toString()), "version", AttributeValue.fromN("2"))));
        assertThat(engine.apply(List.of(new FeedRecord.Unreadable("1", stream, "no events"))))
                .isEmpty();
        assertThat(view.head(stream).position()).isEqualTo(1);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).version()).isEqualTo(2);
    }

    @Test
    void a_change_of_an_append_only_item_is_never_applied_and_fails_nothing() {
        assertThat(engine.apply(List.of(new FeedRecord.Alarming("1", "MODIFY of an item"))))
                .isEmpty();
        assertThat(calls.writes.get()).isZero();
    }
}
