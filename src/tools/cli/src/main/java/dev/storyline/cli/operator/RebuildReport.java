package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the rebuild command tells: of a plan, of a status, and of the end. */
final class RebuildReport {
    /** List prices of on-demand capacity in us-east-1, dollars for a million units. */
    private static final double MILLION_READS = 0.125;

    private static final double MILLION_WRITES = 0.625;
    private static final double MILLION = 1e6;
    private static final int LONGEST_VALUE = 60;

    private final String slice;

    RebuildReport(String slice) {
        this.slice = slice;
    }

    /**
     * Something to tell.
     *
     * @param data for machines
     * @param text for people
     */
    record Told(JsonNode data, List<String> text) {}

    /** What a rebuild would do. */
    Told plan(JsonNode estimate, ObjectNode ceilings) {
        long reads = estimate.path("readUnits").asLong();
        long writes = estimate.path("writeUnits").asLong();
        double dollars = reads / MILLION * MILLION_READS + writes / MILLION * MILLION_WRITES;
        long reading = seconds(reads, ceilings.path("readUnits"));
        long writing = seconds(writes, ceilings.path("writeUnits"));
        long waits = estimate.path("waitSeconds").asLong();
        ObjectNode data = estimate.deepCopy();
        data.put("dollars", Math.round(dollars * MILLION) / MILLION);
        List<String> text = new ArrayList<>();
        boolean exact = estimate.path("exact").asBoolean();
        text.add(slice + ": what a rebuild reads and writes, "
                + (exact
                        ? "counted in all " + number(estimate, "commits") + " commits"
                        : "estimated from " + number(estimate, "sampledCommits") + " of about "
                                + number(estimate, "commits") + " commits, in " + number(estimate, "sampledStreams")
                                + " streams"));
        text.add("  streams      " + number(estimate, "streams"));
        text.add("  commits      " + number(estimate, "commits") + ", "
                + size(estimate.path("bytes").asLong()));
        text.add("  events       " + number(estimate, "events"));
        text.add("  items        " + number(estimate, "items") + " rows and positions");
        text.add("  read units   " + number(estimate, "readUnits") + ", write units " + number(estimate, "writeUnits")
                + ", " + String.format(Locale.ROOT, "%.2f", dollars) + " dollars on demand in us-east-1");
        if (ceilings.isEmpty()) {
            text.add("  time         as fast as DynamoDB answers, and " + waits + " s of waiting: no ceiling is given");
        } else {
            long most = Math.max(reading, writing) + waits;
            data.put("seconds", most);
            text.add("  time         " + time(most) + " at least at these ceilings, " + waits + " s of it waiting");
        }
        text.add("Nothing was changed.");
        return new Told(data, text);
    }

    private static long seconds(long units, JsonNode ceiling) {
        return ceiling.isNumber() ? units / ceiling.asLong() + 1 : 0;
    }

    /** How far a rebuild is. */
    Told status(JsonNode status) {
        if (status.isMissingNode()) {
            return new Told(
                    Json.mapper().createObjectNode().putNull("state"), List.of(slice + " has never been rebuilt."));
        }
        List<String> text = new ArrayList<>();
        text.add(slice + ": a rebuild by " + status.path("by").asText() + " since "
                + status.path("since").asText() + " "
                + switch (status.path("state").asText()) {
                    case "RUNNING" ->
                        "runs; its last sign of life is of " + status.path("at").asText();
                    case "PAUSED" -> "is interrupted: run it again to continue";
                    case "FAILED" -> "failed at " + status.path("at").asText();
                    case "BUILT" -> "is complete and not served: run it again to serve it, or --drop it";
                    default -> "ended at " + status.path("at").asText();
                });
        text.add("  " + progress(status));
        JsonNode ceilings = status.path("ceilings");
        text.add("  ceilings: " + ceiling(ceilings.path("readUnits"), "read") + ", "
                + ceiling(ceilings.path("writeUnits"), "write"));
        if (status.hasNonNull("failure")) {
            text.add("  " + status.path("failure").asText());
        }
        return new Told(status, text);
    }

    private static String ceiling(JsonNode units, String kind) {
        return (units.isNumber() ? String.format(Locale.ROOT, "%,d", units.asLong()) : "no ceiling of") + " " + kind
                + " units" + (units.isNumber() ? " a second" : "");
    }

    /** One line about the work and the pace of a rebuild. */
    static String progress(JsonNode status) {
        JsonNode work = status.path("work");
        JsonNode pace = status.path("pace");
        StringBuilder line = new StringBuilder(work.path("doing").asText());
        if (work.path("ofScanned").asLong() > 0) {
            line.append("  ")
                    .append(number(work, "scanned"))
                    .append(" of about ")
                    .append(number(work, "ofScanned"))
                    .append(" commits");
        }
        line.append("  ").append(number(work, "events")).append(" events");
        return line.append(pace(pace)).toString();
    }

    /** {@code , 1,200/s, 30 read and 12 write units/s, live lag 0.1 s, 12 s left}. */
    static String pace(JsonNode pace) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(
                Locale.ROOT,
                ", %,d/s, %,d read and %,d write units/s",
                pace.path("eventsPerSecond").asLong(),
                pace.path("readUnitsPerSecond").asLong(),
                pace.path("writeUnitsPerSecond").asLong()));
        if (pace.hasNonNull("backedOffReads") || pace.hasNonNull("backedOffWrites")) {
            line.append(" (DynamoDB throttles: giving way)");
        }
        if (pace.hasNonNull("lagSeconds")) {
            line.append(String.format(
                    Locale.ROOT, ", live lag %.1f s", pace.path("lagSeconds").asDouble()));
        }
        if (pace.hasNonNull("secondsLeft")) {
            line.append(", ").append(time(pace.path("secondsLeft").asLong())).append(" left");
        }
        return line.toString();
    }

    /** The new view is given up. */
    Told dropped() {
        return new Told(
                Json.mapper().createObjectNode().put("dropped", true),
                List.of("The new view of " + slice + " is given up; the old one was served all the time."));
    }

    /** How many rows differ between the old and the new view. */
    static long differences(JsonNode built) {
        JsonNode found = built.path("differences");
        return found.path("changed").asLong()
                + found.path("removed").asLong()
                + found.path("added").asLong();
    }

    /** The end of a rebuild. */
    Told built(JsonNode built) {
        List<String> text = new ArrayList<>();
        if (built.path("streams").asLong() > 0) {
            text.add(number(built, "streams") + " streams compared with their heads, " + number(built, "behind")
                    + " of them brought up.");
        }
        if (built.hasNonNull("differences")) {
            differences(built.path("differences"), text);
        }
        String used = number(built, "events") + " events read, "
                + built.path("readUnits").decimalValue().toPlainString() + " read units, "
                + built.path("writeUnits").decimalValue().toPlainString() + " write units.";
        text.add(
                built.path("served").asBoolean()
                        ? slice + " is served from generation "
                                + built.path("generation").asInt() + ", " + used
                        : "The new view of " + slice + " is complete, and not served: './storyline rebuild " + slice
                                + "' serves it, with --drop it is given up. " + used);
        return new Told(built, text);
    }

    private static void differences(JsonNode found, List<String> text) {
        text.add(String.format(
                Locale.ROOT,
                "Of %s rows %s differ, %s are gone, and %s are new.",
                number(found, "rows"),
                number(found, "changed"),
                number(found, "removed"),
                number(found, "added")));
        for (JsonNode row : found.path("first")) {
            String sort = row.path("sort").asText();
            text.add("  " + row.path("partition").asText() + (sort.startsWith("@") ? "" : "  " + sort)
                    + (row.path("added").asBoolean()
                            ? "  is new"
                            : row.path("removed").asBoolean() ? "  is gone" : ""));
            JsonNode was = row.path("was");
            JsonNode is = row.path("is");
            ObjectNode fields = was.deepCopy();
            fields.setAll((ObjectNode) is);
            fields.fieldNames()
                    .forEachRemaining(name ->
                            text.add("    " + name + ": " + value(was.path(name)) + " -> " + value(is.path(name))));
        }
    }

    private static String value(JsonNode value) {
        String text = value.isMissingNode() ? "-" : value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    private static String number(JsonNode node, String field) {
        return String.format(Locale.ROOT, "%,d", node.path(field).asLong());
    }

    private static String size(long bytes) {
        return bytes < MILLION
                ? String.format(Locale.ROOT, "%,d bytes", bytes)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / MILLION);
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (seconds < Duration.ofMinutes(2).toSeconds()) {
            return seconds + " s";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
