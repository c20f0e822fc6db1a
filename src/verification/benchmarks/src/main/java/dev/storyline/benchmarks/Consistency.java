package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.fieldops.assigncrew.AssignCrewFunction;
import dev.storyline.fieldops.claimcrew.ClaimCrewFunction;
import dev.storyline.fieldops.releasecrew.ReleaseCrewFunction;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.database.LocalDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the cost of the rule that a crew has only one job at a time, with two strategies: double bookings are
 * reconciled afterwards, or prevented. The schedule that the gatekeeper queries stays empty, as if it were always too
 * late. This is the worst case for reconciliation. The writes with which the event handlers between the commands keep
 * their positions are not counted.
 */
final class Consistency {
    static final String SCHEDULE = "crew-schedule";

    private static final int DISPATCHERS = 16;
    private static final Instant AT = Instant.parse("2026-12-01T12:00:00Z");

    private final Calls calls = new Calls();
    private final Edge reconciled;
    private final Edge strict;
    private final EventStore store;
    private final EventCodec codec = new EventCodec(FieldOps.LANGUAGE);

    Consistency(LocalDatabase tables) {
        reconciled = edge(tables, "reconciled");
        strict = edge(tables, "strict");
        store = new DynamoDbEventStore(tables.client(), CommandBenchmark.EVENTS);
    }

    private Edge edge(LocalDatabase tables, String consistency) {
        Settings settings = new Settings(Map.of(
                "SLICE",
                "fieldops/assign-crew",
                "EVENT_TABLE",
                CommandBenchmark.EVENTS,
                "CREW_SCHEDULE_TABLE",
                SCHEDULE,
                "CONSISTENCY",
                consistency));
        return new Edge(settings, calls.on(tables));
    }

    void print() throws InterruptedException, ExecutionException {
        System.out.println(
                "Consistency: one crew sent to one job, and to 16 overlapping jobs by 16 dispatchers at once");
        System.out.printf("%-42s %s  %s%n", "case", Calls.TITLES, "assigned, refused, released");
        one("reconciled, one job", reconciled, true);
        one("strict, one job", strict, false);
        atOnce("reconciled, 16 overlapping jobs", reconciled, true);
        atOnce("strict, 16 overlapping jobs", strict, false);
    }

    private void one(String name, Edge edge, boolean reconciles) {
        CrewId crew = crew();
        JobId job = job(0);
        calls.reset();
        boolean assigned = assign(edge, job, crew).statusCode() == 201;
        int released = reconciles ? reconcile(crew, List.of(job)) : 0;
        row(name, assigned ? 1 : 0, 0, released);
    }

    private void atOnce(String name, Edge edge, boolean reconciles) throws InterruptedException, ExecutionException {
        CrewId crew = crew();
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < DISPATCHERS; i++) {
            jobs.add(job(i));
        }
        calls.reset();
        CyclicBarrier together = new CyclicBarrier(DISPATCHERS);
        List<Callable<Boolean>> dispatchers = new ArrayList<>();
        for (JobId job : jobs) {
            dispatchers.add(() -> {
                together.await();
                return assign(edge, job, crew).statusCode() == 201;
            });
        }
        List<JobId> assigned = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(DISPATCHERS)) {
            List<Future<Boolean>> answers = executor.invokeAll(dispatchers);
            for (int i = 0; i < DISPATCHERS; i++) {
                if (answers.get(i).get()) {
                    assigned.add(jobs.get(i));
                }
            }
        }
        int released = reconciles ? reconcile(crew, assigned) : 0;
        row(name, assigned.size(), DISPATCHERS - assigned.size(), released);
    }

    private void row(String name, int assigned, int refused, int released) {
        System.out.printf("%-42s %s  %8d, %7d, %8d%n", name, calls, assigned, refused, released);
    }

    private static HttpReply assign(Edge edge, JobId job, CrewId crew) {
        HttpEvent event = new HttpEvent(
                "/fieldops/jobs/" + job.value() + "/crews",
                null,
                Map.of(
                        "content-type",
                        "application/json",
                        "idempotency-key",
                        UUID.randomUUID().toString()),
                Map.of(),
                Map.of("jobId", job.value()),
                "{\"crewId\": \"" + crew.value() + "\"}",
                false,
                null);
        return new AssignCrewFunction(edge).http(event);
    }

    /**
     * Dispatches the commands of the event handlers: each job claims the crew, and releases it if another job was
     * first.
     */
    private int reconcile(CrewId crew, List<JobId> assigned) {
        for (JobId job : assigned) {
            JobCreated created = created(job);
            JsonNode claim = Json.mapper()
                    .valueToTree(Map.of(
                            "crewId", crew,
                            "jobId", job,
                            "from", created.plannedStart(),
                            "to", FieldOps.after(created.plannedStart(), created.estimatedHours()),
                            "assignedAt", AT));
            new ClaimCrewFunction(reconciled).internal(command(claim));
        }
        List<CrewDoubleBooked> lost = new ArrayList<>();
        store.read(
                FieldOps.stream(crew),
                0,
                Long.MAX_VALUE,
                commit -> codec.decode(commit, CrewDoubleBooked.class).forEach(event -> lost.add(event.event())));
        for (CrewDoubleBooked one : lost) {
            JsonNode release = Json.mapper()
                    .valueToTree(Map.of(
                            "jobId", one.jobId(),
                            "crewId", crew,
                            "plannedStart", one.from(),
                            "inFavourOf", one.inFavourOf()));
            new ReleaseCrewFunction(reconciled).internal(command(release));
        }
        return lost.size();
    }

    private static InternalCommand command(JsonNode command) {
        return new InternalCommand(UUID.randomUUID().toString(), "handler", "c", "job#1@1", AT, false, false, command);
    }

    private CrewId crew() {
        CrewId crew = new CrewId(UUID.randomUUID().toString());
        Money rate = new Money(BigDecimal.valueOf(60), "EUR");
        record(FieldOps.stream(crew), new CrewRegistered(crew, "standard", rate, LocalDate.of(2026, 1, 1)));
        return crew;
    }

    /** Creates a job that begins one minute after the previous one, so that all jobs overlap. */
    private JobId job(int number) {
        JobId job = new JobId(number + "-" + UUID.randomUUID());
        record(FieldOps.stream(job), created(job));
        return job;
    }

    private static JobCreated created(JobId job) {
        int number = Integer.parseInt(job.value().substring(0, job.value().indexOf('-')));
        return new JobCreated(
                job,
                "Ada Wong",
                "1 Mill Lane",
                new RegionId("north"),
                "heating",
                AT.plus(Duration.ofMinutes(number)),
                BigDecimal.valueOf(3),
                "Europe/Vienna",
                AT,
                null,
                null);
    }

    private void record(StreamId stream, Record event) {
        String id = UUID.randomUUID().toString();
        store.append(new Commit(
                stream,
                1,
                id,
                AT,
                List.of(codec.encode(event)),
                new CommitMetadata("anonymous", id, null, null, null)));
    }
}
