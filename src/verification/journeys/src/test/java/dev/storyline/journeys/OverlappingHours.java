package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the overlaps that follow from the reports of all jobs with those that the streams of the crews have. */
final class OverlappingHours {
    private static final BigDecimal NANOS_OF_AN_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

    /** The work that one job tells of a crew. */
    private record Work(String job, Instant from, Instant to) {}

    /** The work of each crew, from the last report of each job. */
    private final Map<String, List<Work>> worked = new HashMap<>();

    /** The open overlaps of all crews, as recorded. */
    private final Map<String, String> recorded = new HashMap<>();

    /** Takes the last report of a job: its completion or correction. The parts of a crew's work have one rate. */
    void reported(JsonNode report) {
        String job = report.path("jobId").asText();
        for (JsonNode part : report.path("work")) {
            Instant from = Instant.parse(part.path("from").asText());
            Work work =
                    new Work(job, from, from.plus(duration(part.path("hours").decimalValue())));
            worked.computeIfAbsent(part.path("crewId").asText(), crew -> new ArrayList<>())
                    .add(work);
        }
    }

    /** Takes the events of a crew's stream in their order. */
    void follow(String type, JsonNode data) {
        switch (type) {
            case "CrewHoursOverlapped" ->
                recorded.put(
                        pair(data),
                        overlap(
                                pair(data),
                                Instant.parse(data.path("from").asText()),
                                duration(data.path("hours").decimalValue())));
            case "CrewHoursSettled" -> recorded.remove(pair(data));
            default -> {
                // No other event opens or settles an overlap.
            }
        }
    }

    /** Returns the number of recorded overlaps that are open. */
    int recorded() {
        return recorded.size();
    }

    private static String pair(JsonNode data) {
        return pair(
                data.path("crewId").asText(),
                data.path("jobId").asText(),
                data.path("otherJob").asText());
    }

    private static Duration duration(BigDecimal hours) {
        return Duration.ofNanos(hours.multiply(NANOS_OF_AN_HOUR)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    private static String pair(String crew, String one, String other) {
        return crew + " at " + String.join(" and ", new TreeSet<>(Set.of(one, other)));
    }

    private static String overlap(String pair, Instant from, Duration length) {
        return pair + " from " + from + " for " + length;
    }

    /** Returns one sentence for each overlap that is not recorded, or is recorded and does not exist. */
    List<String> objections() {
        Set<String> real = new TreeSet<>();
        worked.forEach((crew, all) -> {
            for (Work one : all) {
                for (Work other : all) {
                    Instant from = one.from().isAfter(other.from()) ? one.from() : other.from();
                    Instant to = one.to().isBefore(other.to()) ? one.to() : other.to();
                    if (one.job().compareTo(other.job()) < 0 && from.isBefore(to)) {
                        real.add(overlap(pair(crew, one.job(), other.job()), from, Duration.between(from, to)));
                    }
                }
            }
        });
        List<String> objections = new ArrayList<>();
        real.stream()
                .filter(overlap -> !recorded.containsValue(overlap))
                .forEach(overlap -> objections.add("Nobody hears that hours overlap: " + overlap));
        recorded.values().stream()
                .filter(overlap -> !real.contains(overlap))
                .forEach(overlap -> objections.add("Hours are said to overlap that do not: " + overlap));
        return objections;
    }
}
