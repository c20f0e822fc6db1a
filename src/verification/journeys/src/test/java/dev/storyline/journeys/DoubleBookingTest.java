package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Sixteen dispatchers assign one crew to sixteen overlapping jobs at the same time. With reconciliation, some double
 * bookings pass the gatekeeper and are corrected afterwards. With strict slices, no double booking is ever recorded.
 */
class DoubleBookingTest {
    private static final LocalCloud.Options FIELD =
            new LocalCloud.Options(Repository.root(), 0, null).of("fieldops", "maintenance");
    private static final int DISPATCHERS = 16;
    private static final Duration JOB = Duration.ofHours(3);
    private static final Instant MORNING = Instant.parse("2027-03-01T06:00:00Z");

    /** The outcome of the requests. */
    private record Outcome(int assigned, int refused, int contended) {}

    private static Instant start(int job) {
        return MORNING.plus(Duration.ofHours(job));
    }

    private static Outcome assignAtOnce(FieldOpsCalls calls) throws Exception {
        calls.openNorth();
        calls.registerCrew("red", "standard", "60", "2026-01-01");
        for (int job = 0; job < DISPATCHERS; job++) {
            calls.createJob("j" + job, start(job).toString(), "3");
        }
        CyclicBarrier together = new CyclicBarrier(DISPATCHERS);
        List<Callable<HttpResponse<String>>> dispatchers = new ArrayList<>();
        for (int job = 0; job < DISPATCHERS; job++) {
            String path = "/fieldops/jobs/j" + job + "/crews";
            dispatchers.add(() -> {
                together.await();
                return calls.send(path, "{'crewId': 'red'}");
            });
        }
        int assigned = 0;
        int refused = 0;
        int contended = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(DISPATCHERS)) {
            for (Future<HttpResponse<String>> future : executor.invokeAll(dispatchers)) {
                HttpResponse<String> response = future.get();
                assertThat(response.statusCode()).as(response.body()).isIn(201, 409, 422);
                assigned += response.statusCode() == 201 ? 1 : 0;
                refused += response.statusCode() == 422 ? 1 : 0;
                contended += response.statusCode() == 409 ? 1 : 0;
            }
        }
        return new Outcome(assigned, refused, contended);
    }

    /** Returns the number of pairs of overlapping jobs with the same crew, according to the jobs' events. */
    private static int overlaps(FieldOpsCalls calls) throws Exception {
        List<Instant> taken = new ArrayList<>();
        for (int job = 0; job < DISPATCHERS; job++) {
            JsonNode view = calls.get("jobs/j" + job + "?consistency=strong");
            if (!view.path("crews").isEmpty()) {
                taken.add(Instant.parse(view.path("plannedStart").asText()));
            }
        }
        int overlaps = 0;
        for (int one = 0; one < taken.size(); one++) {
            for (int other = one + 1; other < taken.size(); other++) {
                overlaps += taken.get(one).plus(JOB).isAfter(taken.get(other)) ? 1 : 0;
            }
        }
        return overlaps;
    }

    @Test
    void double_bookings_that_slip_past_the_gate_are_put_right() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(FIELD)) {
            FieldOpsCalls calls = FieldOpsCalls.to(cloud);
            Outcome outcome = assignAtOnce(calls);
            int before = overlaps(calls);
            Eventually.within(Duration.ofSeconds(60), () -> {
                // All claims have been processed, and all losing jobs have released the crew.
                assertThat(calls.recorded("CrewBooked") + calls.recorded("CrewDoubleBooked"))
                        .isGreaterThanOrEqualTo(outcome.assigned());
                assertThat(calls.recorded("CrewReleased")).isEqualTo(calls.recorded("CrewDoubleBooked"));
                assertThat(overlaps(calls)).isZero();
            });
            System.out.println("Reconciled: " + DISPATCHERS + " dispatchers, " + outcome.assigned() + " assigned, "
                    + outcome.refused() + " refused at the gate, " + before + " overlaps at first, "
                    + calls.recorded("CrewReleased") + " released, 0 overlaps in the end");
            assertThat(outcome.contended()).isZero();
            assertThat(outcome.assigned() - calls.recorded("CrewReleased")).isPositive();
        }
    }

    @Test
    void strict_slices_never_record_a_double_booking() throws Exception {
        LocalCloud.Options strict = FIELD.with(Map.of("Consistency", "strict"));
        try (LocalCloud cloud = LocalCloud.start(strict)) {
            FieldOpsCalls calls = FieldOpsCalls.to(cloud);
            Outcome outcome = assignAtOnce(calls);
            assertThat(overlaps(calls)).isZero();
            assertThat(outcome.assigned()).isPositive();
            assertThat(calls.recorded("CrewAssigned")).isEqualTo(outcome.assigned());
            // Each assignment immediately records the booking in the crew's stream. The later claims find it there.
            assertThat(calls.recorded("CrewBooked")).isEqualTo(outcome.assigned());
            moveIntoAnotherJob(calls);
            System.out.println("Strict: " + DISPATCHERS + " dispatchers, " + outcome.assigned() + " assigned, "
                    + outcome.refused() + " refused, " + outcome.contended()
                    + " gave up against the others, 0 overlaps at every moment");
            assertThat(calls.recorded("CrewDoubleBooked")).isZero();
            assertThat(calls.recorded("CrewReleased")).isZero();
        }
    }

    /** Checks that a job with the crew cannot be moved into the time of another job with the same crew. */
    private static void moveIntoAnotherJob(FieldOpsCalls calls) throws Exception {
        calls.createJob("free", MORNING.plus(Duration.ofDays(7)).toString(), "3");
        calls.post("jobs/free/crews", "{'crewId': 'red'}");
        for (int job = 0; job < DISPATCHERS; job++) {
            if (!calls.get("jobs/j" + job + "?consistency=strong").path("crews").isEmpty()) {
                String into = "{'plannedStart': '" + start(job) + "', 'reason': 'The customer asks'}";
                assertThat(calls.refused("jobs/free/reschedule", into)).isEqualTo("crew-busy");
            }
        }
        calls.post(
                "jobs/free/reschedule",
                "{'plannedStart': '" + MORNING.plus(Duration.ofDays(8)) + "', 'reason': 'The customer asks'}");
        assertThat(calls.recorded("JobRescheduled")).isEqualTo(1);
    }
}
