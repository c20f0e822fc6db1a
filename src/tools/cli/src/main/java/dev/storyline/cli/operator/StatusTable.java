package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How slices do, as a table for people: one row for each, {@code !} before those that need somebody.
 *
 * @param slices the slices, as {@link dev.storyline.local.operator.Operator#status} tells them
 * @param bound the longest lag that needs nobody
 */
record StatusTable(List<ObjectNode> slices, Duration bound) {
    /** Moves to the first place of the terminal. */
    static final String HOME = "\033[H";

    /** Clears the rest of the line. */
    static final String REST_OF_LINE = "\033[K";

    /** Clears everything below. */
    static final String REST_OF_SCREEN = "\033[J";

    private static final List<String> HEAD = List.of("SLICE", "LAG", "PARKED", "OUTDATED", "LAST APPLIED", "RATE");

    List<String> lines() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        slices.forEach(slice -> rows.add(row(slice)));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean needs = i > 0 && SliceStatusCommand.needsPerson(slices.get(i - 1), bound);
            StringBuilder line = new StringBuilder(needs ? "! " : "  ");
            for (int column = 0; column < rows.get(i).size(); column++) {
                String cell = rows.get(i).get(column);
                line.append(cell).repeat(" ", Math.max(2, width(rows, column) - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        long people = slices.stream()
                .filter(slice -> SliceStatusCommand.needsPerson(slice, bound))
                .count();
        lines.add(people == 0 ? "Nothing needs a person." : people + (people == 1 ? " needs" : " need") + " a person.");
        if (slices.stream()
                .anyMatch(slice -> slice.has("whole") && !slice.path("whole").asBoolean())) {
            lines.add("~ a part of the streams, another one each time; './storyline reconcile' compares all");
        }
        return lines;
    }

    /** A failure has the whole line. */
    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .filter(row -> row.size() > column && (row.size() == HEAD.size() || column == 0))
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private static List<String> row(ObjectNode slice) {
        String name = slice.path("slice").asText();
        if (slice.has("failed")) {
            return List.of(name, "does not answer: " + slice.path("failed").asText());
        }
        return List.of(
                name,
                (slice.path("whole").asBoolean() ? "" : "~") + lag(slice),
                parked(slice),
                slice.path("outdated").asBoolean() ? "yes" : "-",
                last(slice.path("lastApplied")),
                String.format(
                        Locale.ROOT, "%.1f/s", slice.path("commitsPerSecond").asDouble()));
    }

    private static String lag(JsonNode slice) {
        return slice.path("lagMillis").isNumber()
                ? words(Duration.ofMillis(slice.path("lagMillis").asLong())) + " ("
                        + slice.path("behind").asLong() + ")"
                : "current";
    }

    private static String parked(JsonNode slice) {
        long passing = slice.path("passing").asLong();
        long person = slice.path("forPerson").asLong();
        List<String> parts = new ArrayList<>();
        if (person > 0) {
            parts.add(person + " for a person");
        }
        if (passing > 0) {
            parts.add(passing + " passing");
        }
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }

    private static String last(JsonNode at) {
        return at.isTextual() ? words(Duration.between(Instant.parse(at.asText()), Instant.now())) + " ago" : "-";
    }

    /** {@code 1.3 s}, {@code 4 min}, {@code 2 h}, {@code 3 d}. */
    static String words(Duration time) {
        if (time.isNegative()) {
            return "0.0 s";
        }
        if (time.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toMinutes() < 60
                ? time.toMinutes() + " min"
                : time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
    }
}
