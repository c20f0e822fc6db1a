package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.Metric;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Sold;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What feeds and repairs measure. */
class MeasurementsTest extends EngineFixture {
    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");
    private final ProjectionEngine engine = engine();
    private final Tally tally = new Tally();

    private ProjectionEngine engine() {
        return ProjectionEngine.of(store, LANGUAGE, new Sales(1, true), view, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    /** A commit of this age in the event table. */
    private Commit aged(Duration age, StreamId to, long version) {
        Commit commit = new Commit(
                to,
                version,
                to + "-" + version,
                clock.instant().minus(age),
                List.of(new EventCodec(LANGUAGE).encode(new Sold("tea", 1))),
                new CommitMetadata("tester", "conversation", null, null, null));
        store.append(commit);
        return commit;
    }

    private Commit fresh(long version) {
        return aged(Duration.ZERO, stream, version);
    }

    private List<String> apply(Commit... batch) {
        return apply(engine, batch);
    }

    private List<String> apply(ProjectionEngine by, Commit... batch) {
        return tally.during(() ->
                by.apply(List.of(batch).stream().map(EngineFixture::record).toList()));
    }

    private long[] values(Metric metric) {
        Map<Metric, long[]> all = new EnumMap<>(Metric.class);
        tally.values(all::put);
        return all.getOrDefault(metric, new long[0]);
    }

    @Test
    void lag_is_the_time_from_each_commit_to_its_application() {
        apply(
                aged(Duration.ofSeconds(7), stream, 1),
                aged(Duration.ofSeconds(2), stream, 2),
                aged(Duration.ofMinutes(6), new StreamId("till", "two"), 1),
                aged(Duration.ofSeconds(-3), new StreamId("till", "ahead"), 1));

        assertThat(values(Metric.LAG)).containsExactlyInAnyOrder(7_000, 2_000, 360_000, 0);
        assertThat(tally.sum(Metric.LATE_COMMITS)).isEqualTo(1);
    }

    @Test
    void a_repaired_gap_is_measured_in_events_and_a_duplicate_is_counted() {
        Commit first = fresh(1);
        apply(first);
        fresh(2);
        fresh(3);
        apply(first, first, fresh(4));

        assertThat(values(Metric.VERSION_GAP)).containsExactly(2);
        assertThat(tally.sum(Metric.DUPLICATES)).isEqualTo(2);
        assertThat(values(Metric.LAG)).hasSize(4);
        assertThat(tally.sum(Metric.CONFLICTS)).isZero();
    }

    @Test
    void a_position_that_another_invocation_has_written_is_a_conflict() {
        apply(fresh(1));
        Commit second = fresh(2);
        engine().apply(List.of(record(second)));
        apply(second, fresh(3));

        assertThat(tally.sum(Metric.CONFLICTS)).isEqualTo(1);
        assertThat(tally.sum(Metric.DUPLICATES)).as("the other one applied it").isEqualTo(1);
        assertThat(values(Metric.LAG)).as("of the first and the third").hasSize(2);
    }

    @Test
    void a_delivery_that_fails_is_counted_for_each_stream() {
        calls.failing = "till#failing";
        assertThat(apply(fresh(1), aged(Duration.ZERO, new StreamId("till", "failing"), 1)))
                .hasSize(1);

        assertThat(tally.sum(Metric.FAILURES)).isEqualTo(1);
        assertThat(values(Metric.LAG)).hasSize(1);
    }

    @Test
    void a_poison_event_has_no_lag_because_it_is_not_applied() {
        Commit poison = commit(stream, 1, new Sold("tea", -1));
        apply(poison);

        assertThat(values(Metric.LAG)).isEmpty();
    }

    @Test
    void what_stands_still_is_told_with_those_that_wait_for_a_newer_slice_and_the_age_of_the_oldest() {
        stored(new StreamId("till", "newer"), 1, List.of(new StoredEvent("Burnt", 1, true, "{}")));
        commit(new StreamId("till", "poison"), 1, new Sold("tea", -1));
        Repair repair = engine.repair(scan);
        repair.reconcile();
        Repair.Due first = repair.redriveDue();
        assertThat(first.forOperator()).isEqualTo(2);
        assertThat(first.forNewerSlice()).isEqualTo(1);
        assertThat(first.oldest()).isEqualTo(clock.now);

        clock.now = clock.now.plusSeconds(90);
        assertThat(repair.redriveDue().oldest()).isEqualTo(clock.now.minusSeconds(90));
    }

    @Test
    void a_reconciliation_tells_late_commits_apart_from_those_that_are_on_their_way() {
        aged(Duration.ofMinutes(6), new StreamId("till", "lost"), 1);
        aged(Duration.ofSeconds(3), new StreamId("till", "on-its-way"), 1);
        Repair.Report report = tally.during(() -> engine.repair(scan).reconcile());

        assertThat(report.healed()).isEqualTo(2);
        assertThat(tally.sum(Metric.LATE_COMMITS)).isEqualTo(1);
    }

    @Test
    void a_request_that_is_throttled_is_counted() {
        fresh(1);
        calls.throttled = true;
        assertThat(apply(fresh(2))).hasSize(1);
        calls.throttled = false;

        assertThat(tally.sum(Metric.THROTTLED)).isPositive();
        assertThat(apply(fresh(3))).isEmpty();
    }
}
