package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.RebuildStatus.State;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Rebuilds that are planned, watched, held back, refused and compared, on a clock that only their pauses move. */
@Tag("slow")
class WatchedRebuildTest {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private final TurnClock clock = new TurnClock();
    private final TurnClock.Turn turn = clock.new Turn();
    private final SpentUnits spent = new SpentUnits(clock);
    private final DynamoDbClient client = Tills.client(new ExecutionInterceptor() {});
    private final DynamoDbClient counted = Tills.client(spent);
    private final String events = Tills.eventTable();
    private final String table = Tills.table();
    private final EventStore store = new DynamoDbEventStore(client, events);
    private final ViewTable view = ViewTable.of(client, table, "sales").consistent();
    private final ProjectionEngine live = engine(client, turn, new Sales(1, true));

    private ProjectionEngine engine(DynamoDbClient over, Backoff backoff, Sales projection) {
        return ProjectionEngine.of(
                new DynamoDbEventStore(over, events),
                LANGUAGE,
                projection,
                ViewTable.of(over, table, "sales"),
                clock,
                backoff,
                ParallelTasks.ONE_BY_ONE);
    }

    private Rebuild rebuild(DynamoDbClient over, RebuildPlan plan) {
        return engine(over, turn, new Sales(1, true)).rebuild(new EventScan(over, events), plan);
    }

    private static RebuildPlan plan() {
        return RebuildPlan.of(2, SETTLE, Rebuild.AFTER_SWITCH);
    }

    private static StreamId till(int number) {
        return new StreamId("till", "t" + number);
    }

    private Commit append(StreamId stream, long version, Record... sold) {
        EventCodec codec = new EventCodec(LANGUAGE);
        Commit commit = new Commit(
                stream,
                version,
                stream + "-" + version,
                clock.instant(),
                List.of(sold).stream().map(codec::encode).toList(),
                new CommitMetadata("tester", "conversation", null, null, null));
        assertThat(store.append(commit)).isEqualTo(new EventStore.AppendResult.Appended());
        return commit;
    }

    private void sell(int streams, int commits) {
        for (int s = 0; s < streams; s++) {
            List<Commit> all = new ArrayList<>();
            for (int version = 1; version <= commits; version++) {
                all.add(append(till(s), version, new Sold("i" + version, s)));
            }
            assertThat(live.apply(till(s), all)).isEqualTo(new ApplyResult.Reached(commits));
        }
    }

    private RebuildStatus status() {
        return Objects.requireNonNull(live.rebuildStatus());
    }

    @Test
    void in_no_span_of_time_a_rebuild_consumes_more_than_its_ceilings() {
        sell(60, 5);
        Rebuild.Built built =
                rebuild(counted, plan().below(new CapacityCeilings(20, 40))).run();
        assertThat(built.served()).isTrue();
        spent.assertReadsBelow(20);
        spent.assertWritesBelow(40);
        // It counts the larger of what DynamoDB Local reports and what the rules say, and the pointer item for the lag.
        assertThat(built.readUnits()).isBetween(spent.reads(), spent.reads() * 1.2);
        assertThat(built.writeUnits()).isBetween(spent.writes(), spent.writes() * 1.2);
        assertThat(status().work().readUnits()).isCloseTo(built.readUnits(), within(0.1));
    }

    @Test
    void a_ceiling_that_is_changed_while_it_runs_holds_from_the_next_sign_of_life_on() {
        sell(60, 5);
        AtomicBoolean changed = new AtomicBoolean();
        List<Instant> changedAt = new ArrayList<>();
        rebuild(counted, plan().below(new CapacityCeilings(100, 100)).telling(status -> {
                    if (status.work().doing().equals("reading") && !changed.getAndSet(true)) {
                        assertThat(live.limitRebuild(held -> new CapacityCeilings(held.readUnits(), 5))
                                        .ceilings())
                                .isEqualTo(new CapacityCeilings(100, 5));
                        changedAt.add(clock.instant().plus(Rebuild.BEAT));
                    }
                }))
                .run();
        spent.after(changedAt.getFirst()).assertWritesBelow(5);
        assertThat(status().ceilings()).isEqualTo(new CapacityCeilings(100, 5));
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThatThrownBy(() -> live.limitRebuild(held -> CapacityCeilings.NONE))
                .isInstanceOf(Rebuild.Failed.class)
                .hasMessageContaining("No rebuild of this view is under way");
    }

    @Test
    void a_second_rebuild_is_refused_while_the_first_one_lives_and_changes_nothing() throws Exception {
        sell(3, 2);
        TurnClock.Turn second = clock.new Turn();
        turn.with(second);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Rebuild.Built> first =
                    executor.submit(() -> rebuild(client, plan().by("anna").beating(Duration.ofMillis(500)))
                            .run());
            second.awaitFirst();
            GenerationPointer before = view.generations();
            try {
                Rebuild other = engine(client, second, new Sales(1, true))
                        .rebuild(
                                new EventScan(client, events), plan().by("bert").beating(Duration.ofMillis(500)));
                assertThatThrownBy(other::run)
                        .isInstanceOf(Rebuild.Failed.class)
                        .hasMessageContaining("anna began it at 2026-01-01T00:00:");
                assertThat(view.generations()).isEqualTo(before);
                assertThat(status().by()).isEqualTo("anna");
            } finally {
                second.end();
            }
            assertThat(first.get().generation()).isEqualTo(1);
        }
    }

    /** An error that no code catches. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void a_rebuild_that_was_killed_shows_no_sign_of_life_and_is_continued_by_the_next_one() {
        sell(20, 5);
        assertThatThrownBy(() -> rebuild(client, plan().by("anna").telling(status -> {
                            if (status.work().doing().equals("comparing heads")) {
                                throw new Killed();
                            }
                        }))
                        .run())
                .isInstanceOf(Killed.class);
        RebuildStatus killed = status();
        assertThat(killed.state()).isEqualTo(State.RUNNING);
        assertThat(killed.by()).isEqualTo("anna");

        Rebuild.Built built = rebuild(client, plan().by("bert")).run();

        assertThat(built.generation()).isEqualTo(1);
        assertThat(built.events()).as("the segments were complete").isZero();
        assertThat(built.streams()).isEqualTo(20);
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(status().by()).isEqualTo("bert");
        assertThat(status().since()).as("of the whole rebuild").isEqualTo(killed.since());
    }

    @Test
    void while_dynamodb_throttles_a_rebuild_goes_at_half_its_rate_and_then_faster_again() {
        sell(80, 5);
        AtomicBoolean busy = new AtomicBoolean();
        AtomicInteger throttles = new AtomicInteger(5);
        List<RebuildStatus> seen = new ArrayList<>();
        DynamoDbClient throttling = Tills.client(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof ScanRequest && busy.get() && throttles.getAndDecrement() > 0) {
                    throw ProvisionedThroughputExceededException.builder()
                            .message("too much")
                            .statusCode(400)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("ProvisionedThroughputExceededException")
                                    .build())
                            .build();
                }
            }
        });
        Rebuild.Built built = rebuild(
                        throttling, plan().below(new CapacityCeilings(4, null)).telling(status -> {
                            seen.add(status);
                            busy.set(status.work().doing().equals("comparing heads"));
                        }))
                .run();
        assertThat(built.served()).isTrue();
        List<Double> slowed = seen.stream()
                .map(status -> status.pace().backedOffReads())
                .filter(Objects::nonNull)
                .toList();
        assertThat(slowed).isNotEmpty().allSatisfy(rate -> assertThat(rate).isBetween(1.0, 4.0));
        double slowest = slowed.stream().mapToDouble(rate -> rate).min().orElse(0);
        assertThat(slowest).isLessThanOrEqualTo(2);
        assertThat(slowed.getLast()).as("it recovers").isGreaterThan(slowest);
    }

    @Test
    void what_the_live_feed_loses_behind_the_scan_is_found_before_the_new_view_is_served() {
        sell(10, 2);
        AtomicBoolean lost = new AtomicBoolean();
        Rebuild.Built built = rebuild(client, plan().telling(status -> {
                    if (status.work().doing().equals("comparing heads") && !lost.getAndSet(true)) {
                        append(till(3), 3, new Sold("lost", 1));
                        append(till(99), 1, new Sold("lost", 1));
                    }
                }))
                .run();
        assertThat(built.streams()).isEqualTo(11);
        assertThat(built.behind()).isEqualTo(2);
        assertThat(view.head(till(3)).position()).isEqualTo(3);
        assertThat(view.head(till(99)).position()).isEqualTo(1);
        assertThat(Objects.requireNonNull(view.row(TOTAL, Total.class)).sales()).isEqualTo(BigDecimal.valueOf(22));
    }

    private void tamper(String partition, String sort, Map<String, AttributeValue> fields) {
        Map<String, AttributeValue> item = new HashMap<>(fields);
        item.put("pk", AttributeValue.fromS(partition));
        item.put("sk", AttributeValue.fromS(sort));
        client.putItem(put -> put.tableName(table).item(item));
    }

    @Test
    void rows_that_differ_are_counted_and_shown_by_field_and_nothing_is_served_until_it_is_told() {
        sell(20, 2);
        for (int s = 0; s < 12; s++) {
            tamper(
                    "till#t" + s,
                    "item#i1",
                    Map.of(
                            "item", AttributeValue.fromS("i1"),
                            "amount", AttributeValue.fromN("77"),
                            "state", AttributeValue.fromS("sold")));
        }
        tamper("till#t15", "item#ghost", Map.of("item", AttributeValue.fromS("ghost")));
        client.deleteItem(delete -> delete.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS("till#t16"), "sk", AttributeValue.fromS("item#i2"))));

        Rebuild.Built compared = rebuild(client, plan().comparing(false)).run();

        RowDifferences found = Objects.requireNonNull(compared.differences());
        assertThat(found.changed()).isEqualTo(12);
        assertThat(found.removed()).isEqualTo(1);
        assertThat(found.added()).isEqualTo(1);
        // Two sales and a sum for each till, the total; one sale is missing, and there is a ghost.
        assertThat(found.rows()).isEqualTo(20 * 3 + 1);
        assertThat(found.first()).hasSize(10);
        assertThat(found.first())
                .filteredOn(row -> !row.added() && !row.removed())
                .allSatisfy(row -> {
                    int number = Integer.parseInt(row.partition().substring("till#t".length()));
                    assertThat(row.sort()).isEqualTo("item#i1");
                    assertThat(row.was()).isEqualTo(Map.of("amount", new LongNode(77)));
                    assertThat(row.is()).isEqualTo(Map.of("amount", new LongNode(number)));
                });
        assertThat(compared.served()).isFalse();
        assertThat(view.generations().serving()).isZero();
        assertThat(status().state()).isEqualTo(State.BUILT);

        Rebuild.Built served = rebuild(client, plan()).run();

        assertThat(served.generation()).isEqualTo(1);
        assertThat(served.events()).as("nothing is read again").isZero();
        assertThat(view.row(new RowKey("till#t3", "item#i1"), Sale.class)).isEqualTo(new Sale("i1", 3, "sold", null));
    }

    @Test
    void a_new_view_that_was_only_compared_can_be_given_up() {
        sell(5, 2);
        rebuild(client, plan().comparing(false)).run();
        assertThat(view.generations().live()).containsExactly(1, 0);
        assertThat(rebuild(client, plan()).drop().done()).isTrue();
        assertThat(view.generations().live()).containsExactly(0);
        assertThat(client.scan(scan -> scan.tableName(table)).items())
                .noneMatch(item -> Objects.requireNonNull(item.get("pk")).s().startsWith("@1/"));
        assertThatThrownBy(() -> rebuild(client, plan()).drop()).hasMessageContaining("nothing to give up");
    }

    @Test
    void an_estimate_of_a_small_table_is_what_the_rebuild_then_consumes_and_changes_nothing() {
        sell(40, 6);
        // No commit is so new that the rebuild asks for it in the served view, to tell the lag.
        turn.pause(Duration.ofHours(1).toNanos());
        int before = client.scan(scan -> scan.tableName(table)).count();
        RebuildEstimate estimate = engine(counted, turn, new Sales(1, true))
                .estimate(new EventScan(counted, events), Duration.ofSeconds(43));
        assertThat(spent.writes()).isZero();
        assertThat(client.scan(scan -> scan.tableName(table)).count()).isEqualTo(before);
        assertThat(estimate.exact()).isTrue();
        assertThat(estimate.streams()).isEqualTo(40);
        assertThat(estimate.commits()).isEqualTo(240);
        assertThat(estimate.events()).isEqualTo(240);
        Rebuild.Built built = rebuild(client, plan()).run();
        assertThat((double) estimate.writeUnits()).isCloseTo(built.writeUnits(), within(built.writeUnits() * 0.1));
        // What a rebuild reads of its own marks and registers does not grow with the table.
        assertThat(built.readUnits()).isBetween(estimate.readUnits() - 1.0, estimate.readUnits() + 20.0);
        assertThat(estimate.seconds(new CapacityCeilings(1, null))).isEqualTo(estimate.readUnits() + 1);
    }

    @Test
    void an_estimate_of_a_large_table_reads_a_sample_only() {
        Random random = new Random(7);
        for (int s = 0; s < 900; s++) {
            for (int version = 1; version <= 4; version++) {
                append(till(s), version, new Sold("i" + version, random.nextInt(9)));
            }
        }
        RebuildEstimate estimate =
                engine(counted, turn, new Sales(1, true)).estimate(new EventScan(counted, events), Duration.ZERO);
        System.out.println(estimate);
        assertThat(estimate.exact()).isFalse();
        assertThat(estimate.sampledCommits()).isBetween(1_000L, 3_000L);
        assertThat((double) estimate.streams()).isCloseTo(900, within(90.0));
        assertThat((double) estimate.events()).isCloseTo(3_600, within(36.0));
    }

    @Test
    void segments_that_others_build_one_of_them_killed_make_the_same_view_under_one_status() {
        sell(60, 5);
        RebuildPlan plan = RebuildPlan.of(4, SETTLE, Rebuild.AFTER_SWITCH).by("anna");
        Rebuild.Begun begun =
                rebuild(client, plan.below(new CapacityCeilings(40, 400))).begin();
        assertThat(begun).isEqualTo(new Rebuild.Begun(1, List.of(0, 1, 2, 3), 21));
        assertThatThrownBy(() -> rebuild(client, plan).segment(4, 4))
                .hasMessageContaining("the segments 0 to 3, not 4");
        assertThatThrownBy(() -> rebuild(client, plan.telling(status -> {
                            if (status.work().scanned() > 0) {
                                throw new Killed();
                            }
                        }))
                        .segment(2, 4))
                .isInstanceOf(Killed.class);
        long events = 0;
        Instant from = clock.instant();
        for (int segment : List.of(2, 0, 3, 1)) {
            Rebuild.BuiltSegment built = rebuild(counted, plan).segment(segment, 4);
            assertThat(built.done()).isTrue();
            events += built.events();
            assertThat(rebuild(client, plan).segment(segment, 4).events())
                    .as("again")
                    .isZero();
        }
        spent.after(from).assertReadsBelow(10);
        assertThat(events).isBetween(200L, 300L);
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(status().work().events()).isGreaterThanOrEqualTo(events);

        Rebuild.Built built = rebuild(client, plan.goingOn()).run();

        assertThat(built.served()).isTrue();
        assertThat(built.events()).isZero();
        assertThat(built.streams()).isEqualTo(60);
        assertThat(built.behind()).isZero();
        assertThat(Objects.requireNonNull(view.row(TOTAL, Total.class)).sales()).isEqualTo(BigDecimal.valueOf(300));
        assertThat(status().ceilings()).isEqualTo(new CapacityCeilings(40, 400));
        assertThatThrownBy(() -> rebuild(client, plan).segment(0, 4)).isInstanceOf(Rebuild.Failed.class);
    }

    @Test
    void the_live_lag_is_that_of_new_commits_that_the_served_view_does_not_have() {
        sell(4, 2);
        Commit late = append(till(2), 3, new Sold("late", 1));
        List<Double> lags = new ArrayList<>();
        rebuild(client, plan().below(new CapacityCeilings(2, 10)).telling(status -> {
                    Double lag = status.pace().lagSeconds();
                    if (lag != null) {
                        lags.add(lag);
                    }
                }))
                .run();
        assertThat(lags).isNotEmpty();
        double oldest = Duration.between(late.at(), clock.instant()).toSeconds();
        assertThat(lags.stream().mapToDouble(lag -> lag).max().orElse(0)).isBetween(SETTLE.toSeconds() * 1.0, oldest);
    }
}
