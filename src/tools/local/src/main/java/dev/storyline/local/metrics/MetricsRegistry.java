package dev.storyline.local.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.edge.MetricLog;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The metrics of a local cloud. It reads the lines that CloudWatch reads on AWS, from functions in this process and from
 * processes of their own, so that both worlds have the same instruments. A metric of a slice has the labels
 * {@code context} and {@code slice}; commands have their {@code outcome} too. Lines of slices that no template has are
 * left out, and a slice has {@value #MOST_OUTCOMES} outcomes at most, so that the registry stays small.
 *
 * <p>Values of which each counts are a summary: the median, the 99th percentile and the greatest of the last five minutes.
 */
public final class MetricsRegistry implements MetricLog {
    /** The content type of {@link #text}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String LINE = "{\"_aws\":";
    private static final int MOST_OUTCOMES = 60;
    private static final String OTHER = "other";
    private static final long SUMMARY_SECONDS = 300;
    private static final int SUMMARY_PARTS = 3;
    private static final double MILLIS_IN_A_SECOND = 1_000;
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.metrics");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Set<String> slices;
    private final Map<Metric, Series> series = new EnumMap<>(Metric.class);
    private final Map<String, Set<String>> outcomes = new ConcurrentHashMap<>();
    private final Warnings warnings = new Warnings(System::nanoTime);

    /** One metric of all slices. */
    private interface Series {
        void take(double value, String... labels);
    }

    /**
     * A registry without values.
     *
     * @param slices the slices of the templates, {@code wishes/make-wish}
     */
    public MetricsRegistry(Collection<String> slices) {
        this.slices = Set.copyOf(slices);
        for (Metric metric : Metric.values()) {
            series.put(metric, series(metric));
        }
    }

    private Series series(Metric metric) {
        String name = metric.series() + (metric.unit() == Metric.Unit.COUNT ? "" : "_seconds");
        String[] labels = metric == Metric.COMMANDS
                ? new String[] {"context", "slice", "outcome"}
                : new String[] {"context", "slice"};
        return switch (metric.kind()) {
            case SUM -> {
                Counter counter = Counter.builder()
                        .name(name)
                        .help(metric.about())
                        .labelNames(labels)
                        .register(registry);
                yield (value, of) -> counter.labelValues(of).inc(value);
            }
            case EACH -> {
                Summary summary = Summary.builder()
                        .name(name)
                        .help(metric.about())
                        .labelNames(labels)
                        .quantile(0.5, 0.02)
                        .quantile(0.99, 0.002)
                        .quantile(1, 0)
                        .maxAgeSeconds(SUMMARY_SECONDS)
                        .numberOfAgeBuckets(SUMMARY_PARTS)
                        .register(registry);
                yield (value, of) -> summary.labelValues(of).observe(value);
            }
            case STATE -> {
                Gauge gauge = Gauge.builder()
                        .name(name)
                        .help(metric.about())
                        .labelNames(labels)
                        .register(registry);
                yield (value, of) -> gauge.labelValues(of).set(value);
            }
        };
    }

    /**
     * Adds a gauge that is asked at each scrape.
     *
     * @param name its name, with the unit at its end
     * @param about what it tells, one sentence
     * @param label what tells its values apart
     * @param source the values by this label
     */
    public void gauge(
            String name, String about, String label, Supplier<? extends Map<String, ? extends Number>> source) {
        GaugeWithCallback.builder()
                .name(name)
                .help(about)
                .labelNames(label)
                .callback(to -> source.get().forEach((of, value) -> to.call(value.doubleValue(), of)))
                .register(registry);
    }

    /**
     * Adds a counter that is asked at each scrape.
     *
     * @param name its name, without the suffix of counters
     * @param about what it counts, one sentence
     * @param label what tells its values apart
     * @param source the values by this label, since the start
     */
    public void counter(
            String name, String about, String label, Supplier<? extends Map<String, ? extends Number>> source) {
        CounterWithCallback.builder()
                .name(name)
                .help(about)
                .labelNames(label)
                .callback(to -> source.get().forEach((of, value) -> to.call(value.doubleValue(), of)))
                .register(registry);
    }

    /** All metrics in the text format of Prometheus. */
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Whether a line that a function has written tells metrics. */
    public static boolean isLine(String line) {
        return line.startsWith(LINE);
    }

    @Override
    public void tell(String line) {
        JsonNode told;
        try {
            told = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "A line of metrics is not JSON", e);
            return;
        }
        String context = told.path("Context").asText();
        String slice = told.path("Slice").asText();
        String whole = context + "/" + slice;
        if (!slices.contains(whole)) {
            return;
        }
        series.forEach((metric, to) -> {
            JsonNode value = told.get(metric.label());
            if (value == null) {
                return;
            }
            if (metric == Metric.COMMANDS) {
                to.take(
                        value.asDouble(),
                        context,
                        slice,
                        outcome(whole, told.path("Outcome").asText()));
            } else if (value.isArray()) {
                value.forEach(one -> to.take(scaled(metric, one), context, slice));
            } else {
                to.take(scaled(metric, value), context, slice);
            }
        });
        warnings.hear(whole, told);
    }

    private static double scaled(Metric metric, JsonNode value) {
        return metric.unit() == Metric.Unit.MILLISECONDS ? value.asDouble() / MILLIS_IN_A_SECOND : value.asDouble();
    }

    private String outcome(String slice, String outcome) {
        Set<String> known = outcomes.computeIfAbsent(slice, _ -> ConcurrentHashMap.newKeySet());
        return known.contains(outcome) || (known.size() < MOST_OUTCOMES && known.add(outcome)) ? outcome : OTHER;
    }
}
