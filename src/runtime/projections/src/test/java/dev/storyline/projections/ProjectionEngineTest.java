package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Backoff;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Sum;
import dev.storyline.projections.Tills.Till;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class ProjectionEngineTest {
    /** Counts calls, and fails the reads of some streams' fold items. */
    private static final class Calls implements ExecutionInterceptor {
        private final AtomicInteger writes = new AtomicInteger();
        private volatile String failing = "(none)";

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof PutItemRequest || context.request() instanceof TransactWriteItemsRequest) {
                writes.incrementAndGet();
                if (context.request().toString().contains(failing)) {
                    throw SdkClientException.create("no answer");
                }
            }
        }
    }

    /** A clock that goes when it is told to. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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

    private final Calls calls = new Calls();
    private final DynamoDbClient uncounted = Tills.client(new ExecutionInterceptor() {});
    private final String events = Tills.eventTable();
    private final EventStore store = new DynamoDbEventStore(uncounted, events);
    private final EventScan scan = new EventScan(uncounted, events);
    private final Ticking clock = new Ticking();
    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");
    private final ProjectionEngine engine = engine(new Sales(1, true));
    private final StreamId stream = new StreamId("till", "one");

    private ProjectionEngine engine(Sales sales) {
        return ProjectionEngine.of(store, LANGUAGE, sales, view, clock, Backoff.REAL);
    }

    private Commit commit(StreamId to, long version, Record... events) {
        EventCodec codec = new EventCodec(LANGUAGE);
        return stored(to, version, List.of(events).stream().map(codec::encode).toList());
    }

    private Commit stored(StreamId to, long version, List<StoredEvent> events) {
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

    private static FeedRecord record(Commit commit) {
        return new FeedRecord.Inserted(commit.id(), commit);
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

    /** Cuts the deliveries into batches and gives them to two engines at once. */
    private void deliver(List<Commit> deliveries, Random random) throws Exception {
        List<List<FeedRecord>> batches = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(5));
            batches.add(deliveries.subList(from, to).stream()
                    .map(ProjectionEngineTest::record)
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
    void poison_parks_its_stream_alone_and_is_redriven_when_the_cause_is_gone() {
        StreamId other = new StreamId("till", "other");
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(stream, 2, new Sold("tea", -1));
        Commit after = commit(stream, 3, new Sold("cup", 1));
        Commit elsewhere = commit(other, 1, new Sold("mug", 1));
        assertThat(engine.apply(List.of(record(good), record(bad), record(after), record(elsewhere))))
                .isEmpty();
        StreamPosition head = view.head(stream);
        assertThat(head.position()).isEqualTo(1);
        assertThat(Objects.requireNonNull(head.parked()).version()).isEqualTo(2);
        assertThat(head.parked().reason()).contains("nothing is sold -1 times");
        assertThat(view.head(other).position()).isEqualTo(1);
        assertThat(engine.apply(stream, List.of(after))).isInstanceOf(ApplyResult.Standing.class);
        assertThat(engine.upkeep(scan).redrive(stream))
                .as("the cause is still there")
                .isInstanceOf(ApplyResult.Standing.class);
        assertThat(engine(new Sales(1, false)).upkeep(scan).redrive(stream)).isEqualTo(new ApplyResult.Reached(3));
        assertThat(view.head(stream).parked()).isNull();
        assertThat(total("sales")).isEqualTo(4);
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
    void a_commit_too_large_for_a_transaction_goes_by_claim_and_a_cut_off_claim_is_finished() {
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
    void a_commit_with_more_than_90_totals_parks_before_anything_of_it_is_written() {
        Commit spread = commit(stream, 1, new Sold("spread", 91));
        assertThat(engine.apply(stream, List.of(spread))).isInstanceOf(ApplyResult.Standing.class);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).reason()).contains("more than the 90");
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
        assertThat(Objects.requireNonNull(view.head(stream).parked()).reason()).contains("DynamoDB refuses");
    }

    @Test
    void only_the_streams_that_dynamodb_fails_are_delivered_again_then_parked_and_redriven_by_themselves() {
        StreamId other = new StreamId("till", "failing");
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(other, 1, new Sold("tea", 1));
        Commit next = commit(other, 2, new Sold("cup", 1));
        List<FeedRecord> batch = List.of(record(bad), record(good));
        calls.failing = "till#failing";
        for (int delivery = 1; delivery < StreamEngine.MAX_DELIVERIES; delivery++) {
            assertThat(engine.apply(batch)).containsExactly(bad.id());
        }
        calls.failing = "(none)";
        assertThat(view.head(stream).position()).isEqualTo(1);
        calls.failing = "item#tea";
        assertThat(engine.apply(batch)).as("parked").isEmpty();
        Parked parked = Objects.requireNonNull(view.head(other).parked());
        assertThat(parked.kind()).isEqualTo(Parked.Kind.TRANSIENT);
        calls.failing = "(none)";
        assertThat(engine.apply(other, List.of(next))).isInstanceOf(ApplyResult.Standing.class);
        Repair upkeep = engine.upkeep(scan);
        assertThat(upkeep.redriveDue().streams()).as("not due yet").isZero();
        clock.now = Objects.requireNonNull(parked.retryAt());
        calls.failing = "item#tea";
        assertThat(upkeep.redriveDue().healed()).isZero();
        Parked again = Objects.requireNonNull(view.head(other).parked());
        assertThat(again.tries()).isEqualTo(1);
        assertThat(again.at()).isEqualTo(parked.at());
        calls.failing = "(none)";
        clock.now = Objects.requireNonNull(again.retryAt());
        assertThat(upkeep.redriveDue()).isEqualTo(new Repair.Report(1, 1, 1, 0));
        assertThat(view.head(other).parked()).isNull();
        assertThat(view.head(other).position()).isEqualTo(2);
        assertThat(upkeep.parked()).isEmpty();
        assertThat(total("sales")).isEqualTo(3);
    }

    @Test
    void a_redrive_that_was_cut_off_lets_deliveries_apply_and_is_finished_by_itself() {
        Commit bad = commit(stream, 1, new Sold("tea", -1));
        Commit next = commit(stream, 2, new Sold("cup", 1));
        assertThat(engine.apply(stream, List.of(bad))).isInstanceOf(ApplyResult.Standing.class);
        ProjectionEngine repaired = engine(new Sales(1, false));
        Generation generation = view.generation(0);
        FoldItem fold = Objects.requireNonNull(generation.fold(stream));
        Parked marked = Objects.requireNonNull(fold.parked()).whileCatchingUp();
        assertThat(generation.write(stream, fold, fold.parked(marked), Map.of()))
                .isTrue();
        assertThat(repaired.apply(stream, List.of(next))).isEqualTo(new ApplyResult.Reached(2));
        assertThat(view.head(stream).parked()).isNotNull();
        assertThat(repaired.upkeep(scan).redriveDue().healed()).isEqualTo(1);
        assertThat(view.head(stream).parked()).isNull();
    }

    @Test
    void a_stream_that_cannot_go_on_for_an_unforeseen_reason_does_not_keep_the_others_from_it() {
        StreamId broken = new StreamId("till", "broken");
        commit(broken, 1, new Sold("tea", 1));
        commit(stream, 1, new Sold("tea", 1));
        engine.apply(new StreamId("till", "warm-up"), List.of());
        Generation generation = view.generation(0);
        for (StreamId one : List.of(broken, stream)) {
            FoldItem none = FoldItem.none(1);
            Parked due = Parked.forNow(1, "passing", one.equals(broken) ? Instant.EPOCH : clock.now, 0, clock.now);
            FoldItem next =
                    none.remembering(one.equals(broken) ? "no state" : null, 1).parked(due);
            assertThat(generation.write(one, none, next, Map.of())).isTrue();
        }
        assertThat(engine.upkeep(scan).redriveDue()).isEqualTo(new Repair.Report(2, 2, 1, 0));
        assertThat(view.head(stream).position()).isEqualTo(1);
        Parked parked = Objects.requireNonNull(view.head(broken).parked());
        assertThat(parked.reason()).contains("count up the machine's version");
        assertThat(parked.retryAt()).isAfter(clock.now);
    }

    @Test
    void what_no_delivery_reveals_is_found_by_comparing_heads() {
        commit(stream, 1, new Sold("tea", 1));
        Commit first = commit(new StreamId("till", "seen"), 1, new Sold("tea", 1));
        commit(first.stream(), 2, new Sold("cup", 1));
        engine.apply(first.stream(), List.of(first));
        Repair upkeep = engine.upkeep(scan);
        Repair.Report report = upkeep.reconcile();
        assertThat(report.streams()).isEqualTo(2);
        assertThat(report.behind()).isEqualTo(2);
        assertThat(report.healed()).isEqualTo(2);
        assertThat(total("sales")).isEqualTo(3);
        assertThat(upkeep.reconcile().behind()).isZero();
    }

    @Test
    void what_can_neither_be_healed_nor_parked_is_not_taken_for_done() {
        commit(stream, 1, new Sold("tea", 1));
        commit(new StreamId("till", "other"), 1, new Sold("tea", 1));
        engine.apply(new StreamId("till", "warm-up"), List.of());
        calls.failing = "till#one";
        assertThatThrownBy(() -> engine.upkeep(scan).reconcile())
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("till#one");
        calls.failing = "(none)";
        assertThat(total("sales")).as("the other one went on").isEqualTo(1);
        assertThat(engine.upkeep(scan).reconcile().healed()).isEqualTo(1);
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

    /** Thanks for each sale. */
    private record Thanks(int version) implements EventHandler<Sales.State, Till> {
        @Override
        public String name() {
            return "thanks";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public Sales.State initialState() {
            return new Sales.State(0);
        }

        @Override
        public Reaction<Sales.State> on(Sales.State state, Recorded<Till> event) {
            return switch (event.event()) {
                case Sold sold -> Reaction.to(new Sales.State(state.sales() + 1), new Effect.Publish("thank", sold));
                case Cleared cleared ->
                    Reaction.to(
                            state,
                            new Effect.Dispatch("tidy", "tidy-up", event.stream(), new Count(state.sales()))
                                    .followUp());
            };
        }

        @Override
        public List<Effect> onRefused(Recorded<Till> event, Effect.Dispatch refused, String rule) {
            return List.of(new Effect.Publish("complain", refused.command()));
        }
    }

    private final ViewTable positions = ViewTable.of(Tills.client(calls), Tills.table(), "thanks");

    private EventHandlerEngine thanks(EventHandlerEngine.Effects effects, Instant birth) {
        positions.recordBirth(birth);
        return handler(new Thanks(1), effects);
    }

    private EventHandlerEngine handler(Thanks thanks, EventHandlerEngine.Effects effects) {
        return EventHandlerEngine.of(store, LANGUAGE, thanks, positions, effects, clock, Backoff.REAL);
    }

    @Test
    void an_event_handler_repeats_an_effect_under_the_same_key_and_skips_none() {
        List<String> keys = new ArrayList<>();
        AtomicInteger trouble = new AtomicInteger(1);
        EventHandlerEngine handler = thanks(
                (key, effect, cause) -> {
                    keys.add(key);
                    if (cause.version() == 2 && trouble.getAndDecrement() > 0) {
                        throw new TransientFailure("the bus is away", null);
                    }
                    return null;
                },
                Instant.EPOCH);
        List<FeedRecord> batch = List.of(
                record(commit(stream, 1, new Sold("tea", 1))),
                record(commit(stream, 2, new Sold("cup", 1))),
                record(commit(stream, 3, new Cleared("cup"))));
        assertThat(handler.apply(batch)).hasSize(3);
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(keys)
                .as("what was done before the trouble is kept, and done once more at most")
                .containsExactly(
                        "tills/thanks/till#one@1/thank",
                        "tills/thanks/till#one@2/thank",
                        "tills/thanks/till#one@2/thank",
                        "tills/thanks/till#one@3/tidy");
    }

    @Test
    void history_before_a_handlers_birth_never_fires() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = thanks(recording(keys), Instant.EPOCH.plusSeconds(1));
        assertThat(handler.apply(List.of(record(commit(stream, 1, new Sold("tea", 1))))))
                .isEmpty();
        assertThat(keys).isEmpty();
    }

    record Count(int sales) {}

    private static EventHandlerEngine.Effects recording(List<String> keys) {
        return (key, effect, cause) -> {
            keys.add(key);
            return effect instanceof Effect.Dispatch ? "TOO_LATE" : null;
        };
    }

    @Test
    void a_refusal_is_followed_up_under_a_key_of_its_own() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = thanks(recording(keys), Instant.EPOCH);
        assertThat(handler.apply(List.of(record(commit(stream, 1, new Cleared("tea"))))))
                .isEmpty();
        assertThat(keys)
                .containsExactly("tills/thanks/till#one@1/tidy", "tills/thanks/till#one@1/tidy/TOO_LATE/complain");
    }

    @Test
    void a_handler_without_a_birth_has_no_effect_and_loses_none() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = handler(new Thanks(1), recording(keys));
        List<FeedRecord> batch = List.of(record(commit(stream, 1, new Sold("tea", 1))));
        assertThat(handler.apply(batch)).hasSize(1);
        assertThat(keys).isEmpty();
        positions.recordBirth(Instant.EPOCH);
        positions.recordBirth(Instant.EPOCH.plusSeconds(9));
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(keys).hasSize(1);
    }

    @Test
    void a_changed_handler_steps_again_for_its_state_and_fires_nothing_of_the_past() {
        List<String> keys = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        EventHandlerEngine first = thanks(recording(keys), Instant.EPOCH);
        first.apply(
                List.of(record(commit(stream, 1, new Sold("tea", 1))), record(commit(stream, 2, new Sold("c", 1)))));
        keys.clear();
        EventHandlerEngine changed = handler(new Thanks(2), (key, effect, cause) -> {
            effects.add(effect);
            return null;
        });
        changed.apply(List.of(record(commit(stream, 3, new Cleared("tea")))));
        assertThat(keys).isEmpty();
        assertThat(effects)
                .singleElement()
                .satisfies(effect -> assertThat(effect.toString()).contains("Count[sales=2]"));
    }

    @Test
    void changes_of_one_row_merge_into_one_write() {
        RowKey key = new RowKey("p", "s");
        Sale sale = new Sale("tea", 1, "new", null);
        Map<String, RowWrite> expected = new HashMap<>();
        RowWrite.Merged merged = new RowWrite.Merged();
        merged.add(new RowChange.Remove(key));
        merged.add(new RowChange.Set(key, Map.of("amount", 2)));
        expected.put("remove+set", Objects.requireNonNull(merged.writes().get(key)));
        assertThat(expected.get("remove+set")).isInstanceOf(RowWrite.Put.class);
        merged.add(new RowChange.Put(key, sale));
        merged.add(new RowChange.Remove(key));
        assertThat(merged.writes().get(key)).isEqualTo(new RowWrite.Remove());
        RowWrite.Merged sets = new RowWrite.Merged();
        sets.add(new RowChange.Set(key, Map.of("a", 1)));
        sets.add(new RowChange.Set(key, Map.of("b", 2)));
        assertThat(Objects.requireNonNull(sets.writes().get(key)).toString())
                .contains("\"a\":1")
                .contains("\"b\":2");
    }
}
