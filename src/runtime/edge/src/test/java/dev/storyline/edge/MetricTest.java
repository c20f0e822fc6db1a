package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.Tally;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricTest {
    sealed interface Sale {}

    @EventType("Sold")
    record Sold(String item) implements Sale {}

    private static final class Sales implements Projection<Integer, Sale> {
        @Override
        public String name() {
            return "sales";
        }

        @Override
        public Class<Sale> folds() {
            return Sale.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Step<Integer> step(Integer sold, Recorded<Sale> event) {
            return Step.to(sold + 1);
        }
    }

    private final List<String> told = new ArrayList<>();

    private Edge edge(String detail) {
        return new Edge(
                new Settings(Map.of(
                        "SLICE",
                        "shop/sales",
                        "STAGE",
                        "test",
                        "EVENT_TABLE",
                        "events",
                        "VIEW_TABLE",
                        "views",
                        "METRICS",
                        detail)),
                new EffectRunnerTest.NoDatabase(),
                OutboundCalls.NONE,
                Clock.fixed(Instant.ofEpochMilli(1_772_348_400_000L), ZoneOffset.UTC),
                Backoff.REAL,
                ParallelTasks.ONE_BY_ONE,
                told::add);
    }

    private PartialBatchResponse tampered(String detail) throws JsonProcessingException {
        return FeedEndpoint.of(edge(detail), Language.of("shop", Set.of(Sale.class), List.of()), new Sales())
                .handle(Json.mapper().readTree("""
                {"Records": [{"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "1", "Keys": {"stream": {"S": "a#1"}}}},
                             {"eventName": "MODIFY", "dynamodb": {"SequenceNumber": "2", "Keys": {"stream": {"S": "a#1"}}}}]}
                """));
    }

    private JsonNode line(Tally tally, String detail) throws JsonProcessingException {
        return Json.mapper().readTree(new MetricLine(edge(detail).settings()).text(tally, 5, null, 0));
    }

    @Test
    void a_removed_commit_is_told_as_a_metric_in_the_embedded_format_and_never_applied() throws Exception {
        assertThat(tampered("slice").batchItemFailures()).isEmpty();

        assertThat(told).hasSize(1);
        assertThat(Json.mapper().readTree(told.getFirst()))
                .isEqualTo(Json.mapper().readTree("""
                        {"_aws": {"Timestamp": 1772348400000, "CloudWatchMetrics": [
                           {"Namespace": "Storyline", "Dimensions": [["Stage", "Context", "Slice"]],
                            "Metrics": [{"Name": "BatchRecords", "Unit": "Count"}]},
                           {"Namespace": "Storyline", "Dimensions": [["Stage", "Context", "Slice"], ["Stage", "Context"]],
                            "Metrics": [{"Name": "AlteredCommits", "Unit": "Count"}]}]},
                         "Stage": "test", "Context": "shop", "Slice": "sales", "BatchRecords": 2, "AlteredCommits": 2}"""));
    }

    @Test
    void the_setting_leaves_the_metrics_of_slices_to_the_log_or_tells_nothing_at_all() throws Exception {
        tampered("context");
        assertThat(Json.mapper().readTree(told.getFirst()))
                .isEqualTo(Json.mapper().readTree("""
                        {"_aws": {"Timestamp": 1772348400000, "CloudWatchMetrics": [
                           {"Namespace": "Storyline", "Dimensions": [["Stage", "Context"]],
                            "Metrics": [{"Name": "AlteredCommits", "Unit": "Count"}]}]},
                         "Stage": "test", "Context": "shop", "Slice": "sales", "BatchRecords": 2, "AlteredCommits": 2}"""));
        tampered("none");
        assertThat(told).hasSize(1);
    }

    @Test
    void a_state_of_zero_is_a_field_and_no_metric_and_a_sum_of_zero_is_neither() throws Exception {
        Tally tally = new Tally();
        tally.set(Metric.PARKED_STREAMS, 0);
        tally.set(Metric.RETRYING_STREAMS, 3);
        tally.add(Metric.DUPLICATES, 0);
        tally.add(Metric.LAG, 0);

        JsonNode line = line(tally, "slice");
        assertThat(line.path("ParkedStreams").asInt(-1)).isZero();
        assertThat(line.has("Duplicates")).isFalse();
        assertThat(line.path("_aws").toString())
                .contains("RetryingStreams", "Lag")
                .doesNotContain("ParkedStreams", "Duplicates");
    }

    @Test
    void many_values_are_one_array_of_a_hundred_at_most() throws Exception {
        Tally tally = new Tally();
        for (int i = 0; i < 150; i++) {
            tally.add(Metric.LAG, i);
        }
        tally.add(Metric.BATCH_RECORDS, 150);

        JsonNode line = line(tally, "slice");
        assertThat(line.path("Lag")).hasSize(100);
        assertThat(line.path("Lag").path(99).asInt()).isEqualTo(149);
        assertThat(line.path("BatchRecords").asInt()).isEqualTo(150);
    }

    @Test
    void an_invocation_that_measures_nothing_tells_nothing() {
        new Measured(edge("slice")).invocation(() -> "nothing");
        assertThat(told).isEmpty();
    }
}
