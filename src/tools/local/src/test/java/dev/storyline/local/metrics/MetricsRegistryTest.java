package dev.storyline.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsRegistryTest {
    /** The logger is held, because one without a strong reference loses its handlers. */
    private static final Logger LOG = Logger.getLogger("dev.storyline.local.metrics");

    private final MetricsRegistry registry = new MetricsRegistry(List.of("shop/sell", "shop/sales"));
    private final List<String> logged = new ArrayList<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listening);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(listening);
    }

    private void tell(String slice, String fields) {
        registry.tell("{\"_aws\": {}, \"Stage\": \"dev\", \"Context\": \"shop\", \"Slice\": \"" + slice + "\", "
                + fields + "}");
    }

    @Test
    void commands_are_counted_by_outcome_and_their_times_are_a_summary_in_seconds() {
        for (int millis = 1; millis <= 100; millis++) {
            tell("sell", "\"Outcome\": \"accepted\", \"Commands\": 1, \"CommandDuration\": " + millis);
        }
        tell("sell", "\"Outcome\": \"sold-out\", \"Commands\": 1, \"CommandDuration\": 7");

        assertThat(registry.text())
                .contains(
                        "# TYPE storyline_commands_total counter",
                        "storyline_commands_total{context=\"shop\",outcome=\"accepted\",slice=\"sell\"} 100.0",
                        "storyline_commands_total{context=\"shop\",outcome=\"sold-out\",slice=\"sell\"} 1.0",
                        "storyline_command_duration_seconds{context=\"shop\",slice=\"sell\",quantile=\"1.0\"} 0.1",
                        "storyline_command_duration_seconds_count{context=\"shop\",slice=\"sell\"} 101");
    }

    @Test
    void an_array_has_as_many_values_as_it_names_and_a_state_is_the_last_one_told() {
        tell("sales", "\"Lag\": [10, 20, 3000], \"BatchRecords\": 3");
        tell("sales", "\"ParkedStreams\": 2, \"OldestParked\": 90");
        tell("sales", "\"ParkedStreams\": 0, \"OldestParked\": 0");

        assertThat(registry.text())
                .contains(
                        "storyline_lag_seconds_count{context=\"shop\",slice=\"sales\"} 3",
                        "storyline_lag_seconds{context=\"shop\",slice=\"sales\",quantile=\"1.0\"} 3.0",
                        "storyline_lag_seconds{context=\"shop\",slice=\"sales\",quantile=\"0.5\"} 0.02",
                        "storyline_parked_streams{context=\"shop\",slice=\"sales\"} 0.0",
                        "storyline_oldest_parked_seconds{context=\"shop\",slice=\"sales\"} 0.0");
    }

    @Test
    void a_registry_stays_small_whatever_it_is_told() {
        registry.tell("no json");
        tell("unheard-of", "\"Duplicates\": 1");
        for (int i = 0; i < 200; i++) {
            tell("sell", "\"Outcome\": \"rule-" + i + "\", \"Commands\": 1");
        }

        assertThat(registry.text()).doesNotContain("unheard-of");
        assertThat(registry.text().lines().filter(line -> line.startsWith("storyline_commands_total")))
                .hasSize(61)
                .anyMatch(line -> line.contains("outcome=\"other\"") && line.endsWith(" 140.0"));
    }

    @Test
    void every_metric_has_a_series_whose_help_is_its_meaning() {
        String text = registry.text();
        for (Metric metric : Metric.values()) {
            tell("sales", "\"Outcome\": \"any\", \"" + metric.label() + "\": 1");
        }
        String told = registry.text();
        assertThat(told.length()).isGreaterThan(text.length());
        for (Metric metric : Metric.values()) {
            assertThat(told).contains("# HELP " + metric.series());
            assertThat(told).contains(metric.about());
        }
    }

    @Test
    void gauges_and_counters_of_the_cloud_are_asked_at_each_scrape() {
        AtomicLong depth = new AtomicLong(3);
        registry.gauge("storyline_queue_messages", "Messages.", "queue", () -> Map.of("failures", depth.get()));
        registry.counter("storyline_calls", "Calls.", "function", () -> Map.of("sell", 5));
        assertThat(registry.text())
                .contains(
                        "storyline_queue_messages{queue=\"failures\"} 3.0",
                        "storyline_calls_total{function=\"sell\"} 5.0");
        depth.set(0);
        assertThat(registry.text()).contains("storyline_queue_messages{queue=\"failures\"} 0.0");
    }

    @Test
    void the_log_names_what_is_wrong_once_and_nothing_else() {
        tell("sales", "\"Lag\": 4, \"ParkedStreams\": 0, \"Duplicates\": 3");
        assertThat(logged).isEmpty();
        tell("sales", "\"ParkedStreams\": 1");
        tell("sales", "\"ParkedStreams\": 1");
        tell("sales", "\"ParkedStreams\": 2");
        tell("sales", "\"AlteredCommits\": 1");
        assertThat(logged)
                .containsExactly(
                        "{\"what\":\"metric\",\"slice\":\"shop/sales\",\"name\":\"ParkedStreams\",\"value\":1}",
                        "{\"what\":\"metric\",\"slice\":\"shop/sales\",\"name\":\"ParkedStreams\",\"value\":2}",
                        "{\"what\":\"metric\",\"slice\":\"shop/sales\",\"name\":\"AlteredCommits\",\"value\":1}");
    }

    @Test
    void what_was_put_right_and_comes_back_is_named_again() {
        tell("sales", "\"ParkedStreams\": 0, \"OutdatedSlice\": 1");
        tell("sales", "\"ParkedStreams\": 0, \"OutdatedSlice\": 1");
        assertThat(logged).hasSize(1);
        tell("sales", "\"ParkedStreams\": 0");
        tell("sales", "\"ParkedStreams\": 0, \"OutdatedSlice\": 1");
        assertThat(logged).hasSize(2);
    }

    @Test
    void what_stays_wrong_is_named_again_after_an_hour() {
        AtomicLong nanos = new AtomicLong();
        Warnings warnings = new Warnings(nanos::get);
        var told = Json.mapper().createObjectNode().put("ParkedStreams", 1);
        warnings.hear("shop/sales", told);
        nanos.set(3_599_000_000_000L);
        warnings.hear("shop/sales", told);
        assertThat(logged).hasSize(1);
        nanos.set(3_600_000_000_000L);
        warnings.hear("shop/sales", told);
        assertThat(logged).hasSize(2);
    }
}
