package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates few crews and many jobs at nearly the same time: dispatchers assign crews that are busy elsewhere, and
 * technicians tell hours of a crew that another job has as well, and correct them.
 */
final class FieldOpsStory implements SimulatedStory {
    private static final String EVENTS = "storyline-dev-fieldops-events";
    private static final List<String> CREWS = List.of("red", "blue");
    private static final int MOST_JOBS = 8;
    private static final Instant MORNING = Instant.parse("2026-06-01T06:00:00Z");

    /** The creation time of each known job, by its id. Jobs whose response did not reach a client are missing. */
    private final Map<String, String> jobs = new LinkedHashMap<>();

    /** The crew of each job that has one, and of each completed job, as far as a client heard of it. */
    private final Map<String, String> assigned = new LinkedHashMap<>();

    private final Map<String, String> completed = new LinkedHashMap<>();

    /** Takes the number of overlaps of hours at the end. */
    private final IntConsumer overlaps;

    private int asked;

    FieldOpsStory(IntConsumer overlaps) {
        this.overlaps = overlaps;
    }

    @Override
    public Request next(Random random) {
        asked++;
        if (asked == 1) {
            return post("regions/north/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}");
        }
        if (asked <= 1 + CREWS.size()) {
            return post(
                    "crews/" + CREWS.get(asked - 2) + "/register",
                    "{'rateClass': 'standard', 'hourlyRate': {'amount': 60, 'currency': 'EUR'}, 'from': '2025-01-01'}");
        }
        int kind = random.nextInt(100);
        if (jobs.isEmpty() || (kind < 25 && jobs.size() < MOST_JOBS)) {
            return post(
                    "jobs/j" + random.nextInt(MOST_JOBS) + "/create",
                    "{'customer': 'Ada', 'siteAddress': 'here', 'regionId': 'north', 'trade': 'heating',"
                            + " 'plannedStart': '" + start(random) + "', 'estimatedHours': " + (1 + random.nextInt(3))
                            + "}");
        }
        List<String> known = List.copyOf(jobs.keySet());
        String job = known.get(random.nextInt(known.size()));
        String crew = CREWS.get(random.nextInt(CREWS.size()));
        if (kind < 50) {
            return post("jobs/" + job + "/crews", "{'crewId': '" + crew + "'}");
        }
        if (kind < 60) {
            return post(
                    "jobs/" + job + "/reschedule", "{'plannedStart': '" + start(random) + "', 'reason': 'Weather'}");
        }
        if (kind < 66) {
            return post("jobs/" + job + "/unassign-crew", "{'crewId': '" + crew + "'}");
        }
        if (kind < 69) {
            return post("jobs/" + job + "/cancel", "{'reason': 'Moved away'}");
        }
        return kind < 90 ? complete(random) : correct(random);
    }

    /** Completes a job that has a crew, or one that may have none. */
    private Request complete(Random random) {
        String job = one(assigned.isEmpty() ? jobs : assigned, random);
        return post(
                "jobs/" + job + "/complete",
                "{'at': '" + jobs.get(job) + "', " + hours(job, assigned.getOrDefault(job, "red"), random) + "}");
    }

    /** Corrects the report of a job, with any crew. */
    private Request correct(Random random) {
        String job = one(completed.isEmpty() ? jobs : completed, random);
        String crew = CREWS.get(random.nextInt(CREWS.size()));
        return post("jobs/" + job + "/correct-completion", "{'reason': 'A slip', " + hours(job, crew, random) + "}");
    }

    private static String one(Map<String, String> known, Random random) {
        return List.copyOf(known.keySet()).get(random.nextInt(known.size()));
    }

    /** Returns hours of one crew or of none, within the morning before the job was created. */
    private String hours(String job, String crew, Random random) {
        if (random.nextInt(8) == 0) {
            return "'crewHours': []";
        }
        int hours = 1 + random.nextInt(3);
        Instant from = Instant.parse(jobs.get(job)).minus(Duration.ofHours(hours + random.nextInt(4)));
        return "'crewHours': [{'crewId': '" + crew + "', 'hours': " + hours
                + (random.nextInt(3) == 0 ? "" : ", 'from': '" + from + "'") + "}]";
    }

    private static Instant start(Random random) {
        return MORNING.plus(Duration.ofHours(random.nextInt(6)));
    }

    private static Request post(String path, String body) {
        return new Request("POST", "/fieldops/" + path, body.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        JsonNode event = body.path("events").path(0);
        JsonNode data = event.path("data");
        String job = data.path("jobId").asText();
        switch (event.path("type").asText()) {
            case "JobCreated" -> jobs.put(job, data.path("createdAt").asText());
            case "CrewAssigned" -> assigned.put(job, data.path("crewId").asText());
            case "JobCompleted" ->
                completed.put(job, Objects.requireNonNullElse(assigned.remove(job), CREWS.getFirst()));
            default -> {
                // No other answer changes what a client asks next.
            }
        }
    }

    /** The state of a job according to its own stream. */
    private static final class Job {
        private final String id;
        private Instant start = Instant.MIN;
        private Duration length = Duration.ZERO;
        private boolean over;
        private @Nullable JsonNode report;
        private long reportedAt;
        /** The time at which each crew was assigned for the current schedule of the job. */
        private final Map<String, Long> crews = new HashMap<>();

        Job(String id) {
            this.id = id;
        }

        void follow(StoredEvent event, long at) {
            JsonNode data = data(event);
            String crew = data.path("crewId").asText();
            switch (event.type()) {
                case "JobCreated" -> {
                    start = Instant.parse(data.path("plannedStart").asText());
                    BigDecimal hours = data.path("estimatedHours").decimalValue();
                    length = Duration.ofMinutes(
                            hours.multiply(BigDecimal.valueOf(60)).longValueExact());
                }
                case "JobRescheduled" -> {
                    start = Instant.parse(data.path("plannedStart").asText());
                    crews.replaceAll((who, since) -> at);
                }
                case "CrewAssigned" -> crews.put(crew, at);
                case "CrewUnassigned", "CrewReleased" -> crews.remove(crew);
                case "JobCancelled" -> over = true;
                case "JobCompleted", "CompletionCorrected" -> {
                    over = true;
                    report = data;
                    reportedAt = at;
                }
                default -> {
                    // No other event says where a crew is.
                }
            }
        }

        boolean overlaps(Job other) {
            return start.isBefore(other.start.plus(other.length)) && other.start.isBefore(start.plus(length));
        }
    }

    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<Job> all = new ArrayList<>();
        OverlappingHours hours = new OverlappingHours();
        streams.getOrDefault(EVENTS, Map.of()).forEach((stream, commits) -> {
            if (stream.startsWith("job#")) {
                Job job = new Job(stream);
                for (Commit commit : commits) {
                    for (StoredEvent event : commit.events()) {
                        job.follow(event, commit.at().toEpochMilli());
                    }
                }
                if (!job.over) {
                    all.add(job);
                }
                if (job.report != null && job.reportedAt >= since) {
                    hours.reported(job.report);
                }
            } else if (stream.startsWith("crew#")) {
                commits.forEach(commit -> commit.events().forEach(event -> hours.follow(event.type(), data(event))));
            }
        });
        overlaps.accept(hours.recorded());
        List<String> objections = new ArrayList<>(hours.objections());
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                objections.addAll(objections(all.get(i), all.get(j), since));
            }
        }
        return objections;
    }

    /**
     * Returns an objection for each crew that two overlapping jobs share. Assignments from before the deployment of the
     * handlers do not count, because the handlers never receive them.
     */
    private static List<String> objections(Job one, Job other, long since) {
        List<String> objections = new ArrayList<>();
        one.crews.forEach((crew, assigned) -> {
            Long elsewhere = other.crews.get(crew);
            if (elsewhere != null && assigned >= since && elsewhere >= since && one.overlaps(other)) {
                objections.add("The crew " + crew + " is in two places: " + one.id + " and " + other.id);
            }
        });
        return objections;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
