package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Parked streams, their redrive, and streams whose last delivery was lost. */
class RepairTest extends EngineFixture {
    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");
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
        assertThat(engine.repair(scan).redrive(stream))
                .as("the cause is still there")
                .isInstanceOf(ApplyResult.Standing.class);
        assertThat(engine(new Sales(1, false)).repair(scan).redrive(stream)).isEqualTo(new ApplyResult.Reached(3));
        assertThat(view.head(stream).parked()).isNull();
        assertThat(total("sales")).isEqualTo(4);
    }

    @Test
    void only_the_streams_that_dynamodb_fails_are_delivered_again_then_parked_and_redriven_by_themselves() {
        StreamId other = new StreamId("till", "failing");
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(other, 1, new Sold("tea", 1));
        Commit next = commit(other, 2, new Sold("cup", 1));
        List<FeedRecord> batch = List.of(record(bad), record(good));
        calls.failing = "till#failing";
        for (int delivery = 1; delivery < StreamParking.MAX_DELIVERIES; delivery++) {
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
        Repair repair = engine.repair(scan);
        assertThat(repair.redriveDue().redriven().streams()).as("not due yet").isZero();
        clock.now = Objects.requireNonNull(parked.retryAt());
        calls.failing = "item#tea";
        assertThat(repair.redriveDue().redriven().healed()).isZero();
        Parked again = Objects.requireNonNull(view.head(other).parked());
        assertThat(again.tries()).isEqualTo(1);
        assertThat(again.at()).isEqualTo(parked.at());
        calls.failing = "(none)";
        clock.now = Objects.requireNonNull(again.retryAt());
        assertThat(repair.redriveDue().redriven()).isEqualTo(new Repair.Report(1, 1, 1, 0, true, null));
        assertThat(view.head(other).parked()).isNull();
        assertThat(view.head(other).position()).isEqualTo(2);
        assertThat(repair.parked("", 10).parked()).isEmpty();
        assertThat(total("sales")).isEqualTo(3);
    }

    @Test
    void a_redrive_that_was_cut_off_lets_deliveries_apply_and_is_finished_by_itself() {
        Commit bad = commit(stream, 1, new Sold("tea", -1));
        Commit next = commit(stream, 2, new Sold("cup", 1));
        assertThat(engine.apply(stream, List.of(bad))).isInstanceOf(ApplyResult.Standing.class);
        ProjectionEngine repaired = engine(new Sales(1, false));
        Generation generation = view.generation(0);
        FoldItem fold = Objects.requireNonNull(generation.reader().fold(stream));
        Parked marked = Objects.requireNonNull(fold.parked()).whileCatchingUp();
        assertThat(generation.writer().write(stream, fold, fold.parked(marked), Map.of()))
                .isTrue();
        assertThat(repaired.apply(stream, List.of(next))).isEqualTo(new ApplyResult.Reached(2));
        assertThat(view.head(stream).parked()).isNotNull();
        assertThat(repaired.repair(scan).redriveDue().redriven().healed()).isEqualTo(1);
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
            assertThat(generation.writer().write(one, none, next, Map.of())).isTrue();
        }
        assertThat(engine.repair(scan).redriveDue().redriven()).isEqualTo(new Repair.Report(2, 2, 1, 0, true, null));
        assertThat(view.head(stream).position()).isEqualTo(1);
        Parked parked = Objects.requireNonNull(view.head(broken).parked());
        assertThat(parked.reason()).contains("increase the version of the projection or event handler");
        assertThat(parked.retryAt()).isAfter(clock.now);
    }

    @Test
    void what_no_delivery_reveals_is_found_by_comparing_heads() {
        commit(stream, 1, new Sold("tea", 1));
        Commit first = commit(new StreamId("till", "seen"), 1, new Sold("tea", 1));
        commit(first.stream(), 2, new Sold("cup", 1));
        engine.apply(first.stream(), List.of(first));
        Repair repair = engine.repair(scan);
        Repair.Report report = repair.reconcile();
        assertThat(report.streams()).isEqualTo(2);
        assertThat(report.behind()).isEqualTo(2);
        assertThat(report.healed()).isEqualTo(2);
        assertThat(total("sales")).isEqualTo(3);
        assertThat(repair.reconcile().behind()).isZero();
    }

    @Test
    void what_can_neither_be_healed_nor_parked_is_not_taken_for_done() {
        commit(stream, 1, new Sold("tea", 1));
        commit(new StreamId("till", "other"), 1, new Sold("tea", 1));
        engine.apply(new StreamId("till", "warm-up"), List.of());
        calls.failing = "till#one";
        assertThatThrownBy(() -> engine.repair(scan).reconcile())
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("till#one");
        calls.failing = "(none)";
        assertThat(total("sales")).as("the other one went on").isEqualTo(1);
        assertThat(engine.repair(scan).reconcile().healed()).isEqualTo(1);
    }

    @Test
    void a_building_generation_that_fails_neither_keeps_the_served_one_from_being_written_nor_parks_it() {
        engine.apply(new StreamId("till", "warm-up"), List.of());
        assertThat(view.write(view.generations().announcing(1, clock.now, 1))).isTrue();
        calls.failing = "@1/total";
        Commit sale = commit(stream, 1, new Sold("tea", 1));
        for (int delivery = 1; delivery < StreamParking.MAX_DELIVERIES; delivery++) {
            assertThat(engine.apply(List.of(record(sale)))).containsExactly(sale.id());
            assertThat(view.head(stream).position()).isEqualTo(1);
        }
        assertThat(engine.apply(List.of(record(sale)))).isEmpty();
        assertThat(view.head(stream).parked()).isNull();
        assertThat(total("sales")).isEqualTo(1);
        FoldItem building = Objects.requireNonNull(view.generation(1).reader().fold(stream));
        assertThat(Objects.requireNonNull(building.parked()).kind()).isEqualTo(Parked.Kind.TRANSIENT);
        Commit next = commit(stream, 2, new Sold("cup", 1));
        assertThat(engine.apply(stream, List.of(next))).isInstanceOf(ApplyResult.Reached.class);
        assertThat(view.head(stream).position()).isEqualTo(2);
    }

    @Test
    void the_list_of_parked_streams_is_complete_whatever_its_size_and_what_is_due_waits_behind_nobody() {
        engine.apply(new StreamId("till", "warm-up"), List.of());
        Generation generation = view.generation(0);
        // More than the 4 MB that one answer of DynamoDB has.
        String reason = "long ".repeat(800);
        int poisoned = 1_200;
        for (int i = 0; i < poisoned; i++) {
            Parked poison = new Parked(1, reason, Instant.EPOCH, Parked.Kind.POISON, 0, null, false);
            StreamId one = new StreamId("till", "a%04d".formatted(i));
            assertThat(generation
                            .writer()
                            .write(one, FoldItem.none(1), FoldItem.none(1).parked(poison), Map.of()))
                    .isTrue();
        }
        StreamId last = new StreamId("till", "z");
        commit(last, 1, new Sold("tea", 1));
        Parked due = Parked.forNow(1, "passing", clock.now, 0, clock.now);
        assertThat(generation
                        .writer()
                        .write(last, FoldItem.none(1), FoldItem.none(1).parked(due), Map.of()))
                .isTrue();
        Repair repair = engine.repair(scan);
        Set<String> listed = new TreeSet<>();
        int parts = 0;
        String next = "";
        while (next != null) {
            Repair.ParkedPage page = repair.parked(next, 500);
            assertThat(page.parked()).hasSizeLessThanOrEqualTo(500);
            page.parked().forEach(one -> listed.add(one.stream()));
            next = page.next();
            parts++;
        }
        assertThat(listed).hasSize(poisoned + 1).contains(last.toString());
        assertThat(parts).isEqualTo(3);

        Repair.Due done = repair.redriveDue();

        assertThat(done.redriven()).isEqualTo(new Repair.Report(1, 1, 1, 0, true, null));
        assertThat(done.forOperator()).isEqualTo(poisoned);
        assertThat(view.head(last).position()).isEqualTo(1);
    }

    @Test
    void a_comparison_whose_time_is_over_goes_on_where_it_stopped_until_every_stream_is_looked_at() {
        int streams = 30;
        for (int i = 0; i < streams; i++) {
            commit(new StreamId("till", "t" + i), 1, new Sold("tea", 1));
        }
        Repair repair = engine.repair(scan);
        // Each run has time for a few streams only.
        Repair.Report report = hurried(12, repair::reconcile);
        assertThat(report.done()).isFalse();
        int runs = 1;
        while (!report.done()) {
            report = hurried(12, repair::goOn);
            runs++;
        }
        System.out.println(runs + " runs");
        assertThat(runs).isBetween(3, streams);
        // A stream in whose middle the time was over is left to the next redrive.
        repair.redriveDue();
        assertThat(total("sales")).isEqualTo(streams);
        assertThat(repair.goOn()).as("nothing is left").isEqualTo(new Repair.Report(0, 0, 0, 0, true, null));
        assertThat(repair.reconcile().behind()).isZero();
    }

    /** Runs something whose time is near its end after some looks at the deadline. */
    private static Repair.Report hurried(int looks, Supplier<Repair.Report> run) {
        AtomicInteger left = new AtomicInteger(looks);
        return Deadline.of(() -> left.getAndDecrement() > 0 ? Duration.ofMinutes(15) : Duration.ZERO)
                .during(run::get);
    }

    @Test
    void whoever_asks_while_a_comparison_is_under_way_gets_a_whole_one() {
        commit(stream, 1, new Sold("tea", 1));
        Repair repair = engine.repair(scan);
        assertThat(hurried(1, repair::reconcile).done()).isFalse();
        assertThat(hurried(1, repair::reconcile).done()).isFalse();
        assertThat(Objects.requireNonNull(view.mark()).again()).isTrue();

        Repair.Report report = repair.goOn();

        assertThat(report.done()).isTrue();
        assertThat(report.streams()).isEqualTo(1);
        assertThat(report.healed()).isEqualTo(1);
        assertThat(Objects.requireNonNull(view.mark()).again()).isFalse();
    }
}
