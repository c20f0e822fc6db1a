package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final String stage;
    private final String context;
    private final String slice;
    private final boolean bySlice;
    private final boolean told;

    MetricLine(Settings settings) {
        String name = settings.values().getOrDefault("SLICE", "");
        int slash = name.indexOf('/');
        this.context = name.substring(0, Math.max(0, slash));
        this.slice = name.substring(slash + 1);
        this.stage = settings.values().getOrDefault("STAGE", "dev");
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
        StringWriter text = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("_aws");
            json.writeNumberField("Timestamp", millis);
            json.writeArrayFieldStart("CloudWatchMetrics");
            List<Metric> ofContext = metrics(fields, true);
            if (bySlice) {
                directive(json, metrics(fields, false), List.of(List.of("Stage", "Context", "Slice")));
                directive(json, ofContext, List.of(List.of("Stage", "Context", "Slice"), List.of("Stage", "Context")));
            } else {
                directive(json, ofContext, List.of(List.of("Stage", "Context")));
            }
            if (outcome != null && bySlice) {
                directive(json, List.of(Metric.COMMANDS), List.of(List.of("Stage", "Context", "Slice", "Outcome")));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeStringField("Stage", stage);
            json.writeStringField("Context", context);
            json.writeStringField("Slice", slice);
            if (outcome != null) {
                json.writeStringField("Outcome", outcome);
                json.writeNumberField(Metric.COMMANDS.label(), commands);
            }
            for (Map.Entry<Metric, Object> field : fields.entrySet()) {
                write(json, field.getKey().label(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The metrics of the fields, without states of zero. */
    private static List<Metric> metrics(Map<Metric, Object> fields, boolean ofContext) {
        List<Metric> metrics = new ArrayList<>();
        fields.forEach((metric, value) -> {
            if (metric.ofContext() == ofContext && !(value instanceof Long sum && sum == 0)) {
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

    private static void write(JsonGenerator json, String name, Object value) throws IOException {
        json.writeFieldName(name);
        if (value instanceof long[] values) {
            if (values.length == 1) {
                json.writeNumber(values[0]);
            } else {
                json.writeArray(values, 0, values.length);
            }
        } else {
            json.writeNumber((Long) value);
        }
    }
}
