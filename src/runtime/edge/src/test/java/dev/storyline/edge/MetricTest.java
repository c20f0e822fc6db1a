package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricTest {
    /** The logger is held, because one without a strong reference loses its handlers. */
    private static final Logger LOG = Logger.getLogger("dev.storyline.metrics");

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

    private static final class Lines extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            // The log manager may say something of its own.
            if (entry.getMessage().startsWith("{")) {
                lines.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final Lines told = new Lines();
    private final Edge edge = new Edge(
            new Settings(
                    Map.of("SLICE", "shop/sales", "STAGE", "test", "EVENT_TABLE", "events", "VIEW_TABLE", "views")),
            new EffectRunnerTest.NoDatabase(),
            OutboundCalls.NONE,
            Clock.fixed(Instant.ofEpochMilli(1_772_348_400_000L), ZoneOffset.UTC),
            Backoff.REAL,
            ParallelTasks.ONE_BY_ONE);

    @BeforeEach
    void listen() {
        LOG.addHandler(told);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(told);
    }

    @Test
    void a_removed_commit_is_told_as_a_metric_in_the_embedded_format_and_never_applied() throws Exception {
        JsonNode batch = Json.mapper().readTree("""
                {"Records": [{"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "1", "Keys": {"stream": {"S": "a#1"}}}},
                             {"eventName": "MODIFY", "dynamodb": {"SequenceNumber": "2", "Keys": {"stream": {"S": "a#1"}}}}]}
                """);

        PartialBatchResponse response = FeedEndpoint.of(
                        edge, Language.of("shop", Set.of(Sale.class), List.of()), new Sales())
                .handle(batch);

        assertThat(response.batchItemFailures()).isEmpty();
        assertThat(told.lines).hasSize(1);
        assertThat(Json.mapper().readTree(told.lines.getFirst()))
                .isEqualTo(Json.mapper().readTree("""
                        {"_aws": {"Timestamp": 1772348400000, "CloudWatchMetrics": [{"Namespace": "Storyline",
                           "Dimensions": [["Stage", "Context", "Slice"], ["Stage", "Context"]],
                           "Metrics": [{"Name": "AlteredCommits", "Unit": "Count"}]}]},
                         "Stage": "test", "Context": "shop", "Slice": "sales", "AlteredCommits": 2}"""));
    }

    @Test
    void a_value_of_zero_is_not_told() {
        Metric.PARKED_STREAMS.tell(edge, 0);
        assertThat(told.lines).isEmpty();
        Metric.PARKED_STREAMS.tell(edge, 1);
        assertThat(told.lines).singleElement().asString().contains("\"ParkedStreams\":1");
    }
}
