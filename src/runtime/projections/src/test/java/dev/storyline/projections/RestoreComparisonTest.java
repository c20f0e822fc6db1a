package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A view is compared with a restored event table: positions by their commits, rows by the events. */
class RestoreComparisonTest extends EngineFixture {
    private final String restored = Tills.eventTable();
    private final EventScan restoredScan = new EventScan(uncounted, restored);
    private final DynamoDbEventStore copies = new DynamoDbEventStore(uncounted, restored);
    private final String viewTable = Tills.table();
    private final ViewTable view = ViewTable.of(uncounted, viewTable, "sales");
    private final ProjectionEngine engine = engine(new Sales(1, true));
    private final StreamId other = new StreamId("till", "other");

    private ProjectionEngine engine(Sales sales) {
        return ProjectionEngine.of(store, LANGUAGE, sales, view, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    private void applied(Commit... commits) {
        for (Commit commit : commits) {
            assertThat(engine.apply(commit.stream(), List.of(commit))).isInstanceOf(ApplyResult.class);
        }
    }

    private void restored(Commit... commits) {
        for (Commit commit : commits) {
            copies.append(commit);
        }
    }

    private RestoreFindings compared() {
        return engine.compare(restoredScan, CapacityCeilings.NONE, "");
    }

    @Test
    void a_view_that_equals_the_restored_history_has_no_findings_and_one_that_is_behind_has_none_either() {
        Commit first = commit(stream, 1, new Sold("pen", 2), new Sold("ink", 3), new Cleared("pen"));
        Commit second = commit(stream, 4, new Sold("pen", 5));
        Commit elsewhere = commit(other, 1, new Sold("mug", 1));
        restored(first, second, elsewhere);
        applied(first, elsewhere);
        assertThat(compared()).isEqualTo(new RestoreFindings(2, 1, 0, 0, 0, 0, 0, List.of(), ""));
        applied(second);
        assertThat(compared()).isEqualTo(new RestoreFindings(2, 0, 0, 0, 0, 0, 0, List.of(), ""));
    }

    @Test
    void positions_that_the_restored_table_does_not_reach_are_ahead_also_of_streams_that_it_lacks() {
        Commit first = commit(stream, 1, new Sold("pen", 2));
        Commit second = commit(stream, 2, new Sold("ink", 3));
        Commit elsewhere = commit(other, 1, new Sold("mug", 1));
        restored(first);
        applied(first, second, elsewhere);
        RestoreFindings found = compared();
        assertThat(found.ahead()).isEqualTo(2);
        assertThat(found.first())
                .containsExactly(
                        new RestoreFindings.Deviation(
                                "till#one", "ahead", "The position is 2, the restored stream ends at 1."),
                        new RestoreFindings.Deviation(
                                "till#other", "ahead", "The restored table does not have the stream."));
    }

    @Test
    void a_position_of_another_history_is_found_by_its_commit_though_the_restored_stream_reaches_it() {
        Commit first = commit(stream, 1, new Sold("pen", 2));
        Commit second = commit(stream, 2, new Sold("ink", 3));
        Commit instead = new Commit(
                stream,
                2,
                "after-the-restore",
                Instant.EPOCH,
                second.events(),
                new CommitMetadata("tester", "conversation", null, null, null));
        applied(first, second);
        restored(first, instead);
        RestoreFindings found = compared();
        assertThat(found.foreign()).isEqualTo(1);
        assertThat(found.ahead()).isZero();
        assertThat(found.first().getFirst().sentence()).contains("till#one-2", "after-the-restore");
    }

    @Test
    void rows_that_somebody_changed_or_removed_and_rows_that_should_be_gone_differ() {
        Commit first = commit(stream, 1, new Sold("pen", 2), new Sold("ink", 1), new Cleared("ink"));
        Commit elsewhere = commit(other, 1, new Sold("mug", 1));
        restored(first, elsewhere);
        applied(first, elsewhere);
        RowKey pen = new RowKey("till#one", "item#pen");
        Map<String, AttributeValue> key = view.generation(0).keys().row(pen);
        uncounted.deleteItem(delete -> delete.tableName(viewTable).key(key));
        assertThat(compared().first())
                .extracting(RestoreFindings.Deviation::sentence)
                .containsExactly("The row till#one item#pen of till#one is not what its events amount to.");
        Map<String, AttributeValue> mug = view.generation(0).keys().row(new RowKey("till#other", "item#mug"));
        uncounted.updateItem(update -> update.tableName(viewTable)
                .key(mug)
                .updateExpression("SET amount = :more")
                .expressionAttributeValues(Map.of(":more", AttributeValue.fromN("2"))));
        assertThat(compared().differing()).isEqualTo(2);
    }

    @Test
    void a_stream_with_a_gap_and_one_with_poison_are_unreadable_unless_an_operator_skipped_the_commit() {
        Commit poison = commit(stream, 1, new Sold("tea", -1));
        Commit first = commit(other, 1, new Sold("mug", 1));
        commit(other, 2, new Sold("cup", 1));
        Commit third = commit(other, 3, new Sold("pot", 1));
        restored(poison, first, third);
        applied(first);
        assertThat(engine.apply(stream, List.of(poison))).isInstanceOf(ApplyResult.Standing.class);
        RestoreFindings found = compared();
        assertThat(found.unreadable()).isEqualTo(2);
        assertThat(found.first())
                .extracting(RestoreFindings.Deviation::sentence)
                .contains("The stream till#other goes on at version 3 after version 1");
        Parked parked = Objects.requireNonNull(view.head(stream).parked());
        engine.repair(scan).skip(stream, parked.version(), "anna", "a slip");
        found = compared();
        assertThat(found.unreadable()).isEqualTo(1);
        assertThat(found.skipped()).isEqualTo(1);
    }

    @Test
    void when_the_time_is_over_the_comparison_goes_on_where_it_stopped() {
        for (int i = 0; i < 30; i++) {
            Commit sold = commit(new StreamId("till", "t" + i), 1, new Sold("pen", 1));
            restored(sold);
            applied(sold);
        }
        AtomicBoolean begun = new AtomicBoolean();
        Deadline over = Deadline.of(() -> begun.getAndSet(true) ? Duration.ZERO : Duration.ofMinutes(1));
        // With no time at all nothing is compared, and the first place is told.
        RestoreFindings none = over.during(this::compared);
        assertThat(none.streams()).isZero();
        assertThat(none.next()).isNotEmpty();
        RestoreFindings all = engine.compare(restoredScan, CapacityCeilings.NONE, none.next());
        assertThat(all.streams()).isEqualTo(30);
        assertThat(all.next()).isEmpty();
        assertThat(view.consistent().row(TOTAL, Tills.Total.class)).isNotNull();
    }
}
