package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation measured, as one line in CloudWatch's embedded metric format: one value of each metric, or an array
 * of values. A metric belongs to the dimensions {@code Stage}, {@code Context} and {@code Slice}; one that an alarm of the
 * context watches belongs to the context, too; commands belong to their {@code Outcome} as well. The setting {@code METRICS}
 * says how much of it CloudWatch turns into metrics, which it bills: {@code slice} for all, {@code context} for those of the
 * context; {@code none} tells nothing. The fields of the line are the same, so that a query of the log finds them.
 *
 * <p>A sum of zero is not told. A state of zero is a field of the line and no metric, so that it costs no metric while
 * nothing is wrong.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     specification of the format</a>
 */
final class MetricLine {
    /** The setting that says how much is told. */
    static final String SETTING = "METRICS";

    private static final String OF_CONTEXT = "context";
    private static final String NOTHING = "none";
    private static final int USUAL_LENGTH = 640;

    private static final int MOST_COMBINATIONS = 200;

    private final String place;
    private final boolean bySlice;
    private final boolean told;
    private final Map<Combination, String> directives = new ConcurrentHashMap<>();

    /** What a line has of which CloudWatch makes metrics. */
    private record Combination(Set<Metric> metrics, boolean outcome) {}

    MetricLine(Settings settings) {
        String name = settings.values().getOrDefault("SLICE", "");
        int slash = name.indexOf('/');
        StringBuilder text = new StringBuilder();
        field(text, "Stage").append(TextNode.valueOf(settings.values().getOrDefault("STAGE", "dev")));
        field(text, "Context").append(TextNode.valueOf(name.substring(0, Math.max(0, slash))));
        field(text, "Slice").append(TextNode.valueOf(name.substring(slash + 1)));
        this.place = text.toString();
        String detail = settings.values().getOrDefault(SETTING, "slice");
        this.bySlice = !detail.equals(OF_CONTEXT);
        this.told = !detail.equals(NOTHING);
    }

    /** Whether the settings ask for metrics at all. */
    boolean isTold() {
        return told;
    }

    /** The line of an invocation without commands, or whose commands had one outcome. */
    String text(Tally tally, long millis, @Nullable String outcome, long commands) {
        Map<Metric, Object> fields = new EnumMap<>(Metric.class);
        tally.sums(fields::put);
        tally.values(fields::put);
        return text(fields, millis, outcome, commands);
    }

    /** The line that only counts commands of one more outcome. */
    String text(long millis, String outcome, long commands) {
        return text(new EnumMap<>(Metric.class), millis, outcome, commands);
    }

    private String text(Map<Metric, Object> fields, long millis, @Nullable String outcome, long commands) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH)
                .append("{\"_aws\":{\"Timestamp\":")
                .append(millis)
                .append(",\"CloudWatchMetrics\":")
                .append(directives(fields, outcome != null))
                .append('}')
                .append(place);
        if (outcome != null) {
            field(text, "Outcome").append(TextNode.valueOf(outcome));
            field(text, Metric.COMMANDS.label()).append(commands);
        }
        fields.forEach((metric, value) -> {
            field(text, metric.label());
            if (value instanceof long[] values && values.length > 1) {
                text.append(Arrays.toString(values).replace(" ", ""));
            } else {
                text.append(value instanceof long[] values ? values[0] : ((Long) value).longValue());
            }
        });
        return text.append('}').toString();
    }

    private static StringBuilder field(StringBuilder text, String name) {
        return text.append(",\"").append(name).append("\":");
    }

    /** What CloudWatch makes of the fields. Functions tell few combinations, each of which is written once. */
    private String directives(Map<Metric, Object> fields, boolean outcome) {
        Combination key = new Combination(EnumSet.noneOf(Metric.class), outcome);
        fields.forEach((metric, value) -> {
            if (isMetric(value)) {
                key.metrics().add(metric);
            }
        });
        String known = directives.get(key);
        if (known == null) {
            known = written(fields, outcome);
            if (directives.size() < MOST_COMBINATIONS) {
                directives.put(key, known);
            }
        }
        return known;
    }

    private String written(Map<Metric, Object> fields, boolean outcome) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            json.writeStartArray();
            List<Metric> ofContext = metrics(fields, true);
            if (bySlice) {
                directive(json, metrics(fields, false), List.of(List.of("Stage", "Context", "Slice")));
                directive(json, ofContext, List.of(List.of("Stage", "Context", "Slice"), List.of("Stage", "Context")));
            } else {
                directive(json, ofContext, List.of(List.of("Stage", "Context")));
            }
            if (outcome && bySlice) {
                directive(json, List.of(Metric.COMMANDS), List.of(List.of("Stage", "Context", "Slice", "Outcome")));
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A state of zero is none. */
    private static boolean isMetric(Object value) {
        return !(value instanceof Long sum && sum == 0);
    }

    /** The metrics of the fields. */
    private static List<Metric> metrics(Map<Metric, Object> fields, boolean ofContext) {
        List<Metric> metrics = new ArrayList<>();
        fields.forEach((metric, value) -> {
            if (metric.ofContext() == ofContext && isMetric(value)) {
                metrics.add(metric);
            }
        });
        return metrics;
    }

    private static void directive(JsonGenerator json, List<Metric> metrics, List<List<String>> dimensions)
            throws IOException {
        if (metrics.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("Namespace", "Storyline");
        json.writeArrayFieldStart("Dimensions");
        for (List<String> set : dimensions) {
            json.writeArray(set.toArray(String[]::new), 0, set.size());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (Metric metric : metrics) {
            json.writeStartObject();
            json.writeStringField("Name", metric.label());
            json.writeStringField("Unit", metric.unit().label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
