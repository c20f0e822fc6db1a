package dev.storyline.local.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.LogLine;
import dev.storyline.common.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Writes to the log what needs a person, out of the metrics that functions tell: when a value is another one than before,
 * and once an hour as long as it is told. Everything else is in {@code /metrics} alone.
 */
final class Warnings {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.metrics");
    private static final List<Metric> WRONG =
            List.of(Metric.PARKED_STREAMS, Metric.OUTDATED_SLICE, Metric.ALTERED_COMMITS, Metric.FOUND_BEHIND);
    private static final long AGAIN_NANOS = Duration.ofHours(1).toNanos();

    private final LongSupplier nanos;
    private final Map<Of, Said> said = new ConcurrentHashMap<>();

    Warnings(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Of(String slice, Metric metric) {}

    private record Said(long value, long at) {}

    void hear(String slice, JsonNode told) {
        for (Metric metric : WRONG) {
            JsonNode value = told.get(metric.label());
            if (value != null) {
                hear(new Of(slice, metric), value.asLong());
            } else if (told.has(Metric.PARKED_STREAMS.label())) {
                // The look of a minute did not find it.
                said.remove(new Of(slice, metric));
            }
        }
    }

    private void hear(Of of, long value) {
        if (value == 0) {
            said.remove(of);
            return;
        }
        long now = nanos.getAsLong();
        Said before = said.get(of);
        if (before != null && before.value() == value && now - before.at() < AGAIN_NANOS) {
            return;
        }
        said.put(of, new Said(value, now));
        LOG.log(
                System.Logger.Level.WARNING,
                () -> LogLine.of("metric")
                        .with("slice", of.slice())
                        .with("name", of.metric().label())
                        .with("value", value)
                        .text());
    }
}
