package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;

/**
 * The metrics of the namespace {@code Storyline} for which there are alarms. Each has a value for each slice, in the
 * dimensions {@code Stage}, {@code Context} and {@code Slice}, and one for the context. A value is one line of the log in
 * the embedded metric format of CloudWatch, which asks for no rights and no call. Only values above zero are told, so an
 * installation in which nothing is wrong pays for none.
 */
enum Metric {
    /** How many streams wait for an operator. Told each minute, as long as there are any. */
    PARKED_STREAMS("ParkedStreams"),
    /** A slice is older than what is stored: a command is refused, or a view is not written. */
    OUTDATED_SLICE("OutdatedSlice"),
    /** Commits that were changed or removed, or records of the change stream that are no commits. */
    ALTERED_COMMITS("AlteredCommits");

    /** Lines of this logger are written as they are: see {@code microprofile-config.properties}. */
    private static final System.Logger LOG = System.getLogger("dev.storyline.metrics");

    private static final String STAGE = "STAGE";

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    /** Tells a value of a slice; nothing if it is zero. */
    void tell(Edge edge, long value) {
        if (value > 0) {
            LOG.log(System.Logger.Level.INFO, line(edge, value));
        }
    }

    private String line(Edge edge, long value) {
        String slice = edge.slice();
        ObjectNode line = Json.mapper().createObjectNode();
        ObjectNode format = line.putObject("_aws");
        format.put("Timestamp", edge.clock().millis());
        ObjectNode metric = format.putArray("CloudWatchMetrics").addObject().put("Namespace", "Storyline");
        ArrayNode dimensions = metric.putArray("Dimensions");
        dimensions.addArray().add("Stage").add("Context").add("Slice");
        dimensions.addArray().add("Stage").add("Context");
        metric.putArray("Metrics").addObject().put("Name", label).put("Unit", "Count");
        return line.put("Stage", edge.settings().values().getOrDefault(STAGE, "dev"))
                .put("Context", slice.substring(0, slice.indexOf('/')))
                .put("Slice", slice.substring(slice.indexOf('/') + 1))
                .put(label, value)
                .toString();
    }
}
