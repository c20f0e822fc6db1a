package dev.storyline.fieldops.completejob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.Timesheet;
import dev.storyline.contexts.fieldops.WorkReport;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Completes a job once, by its assigned crews, and not before its creation. */
final class CompleteJobDecider implements Decider<CompleteJob, CompleteJobDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_CANCELLED = Rule.forbids("job-cancelled", "Nobody wants the job done any more.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done already.");
    static final Rule NO_CREW_ASSIGNED =
            Rule.forbids("no-crew-assigned", "Only a crew can do a job; assign one first.");
    static final Rule CREW_NOT_ASSIGNED =
            Rule.forbids("crew-not-assigned", "Hours are told for a crew that is not assigned to the job.");
    static final Rule COMPLETED_BEFORE_CREATED = Rule.forbids(
            "completed-before-created",
            "A job is not done before it is created; a time in whole seconds is compared in whole seconds.");

    /**
     * The state of the job.
     *
     * @param created the time and time zone of the creation; null before it
     * @param crews the assigned crews
     * @param ended the rule that refuses the completion; null if none does
     */
    record State(
            @Nullable Created created,
            Set<CrewId> crews,
            @Nullable Rule ended) {
        State {
            crews = Set.copyOf(crews);
        }

        State with(CrewId crew) {
            return new State(
                    created, Stream.concat(crews.stream(), Stream.of(crew)).collect(Collectors.toSet()), ended);
        }

        State without(CrewId crew) {
            return new State(
                    created, crews.stream().filter(one -> !one.equals(crew)).collect(Collectors.toSet()), ended);
        }
    }

    /** The time of the creation, and the time zone that tells the days of the bill. */
    record Created(Instant at, ZoneId zone) {
        /** Whether the job was created later. A time without a fraction may be any moment of its second. */
        boolean isAfter(Instant told) {
            Instant second = told.truncatedTo(ChronoUnit.SECONDS);
            return told.isBefore(told.equals(second) ? at.truncatedTo(ChronoUnit.SECONDS) : at);
        }

        /** The time of a report, unless the clock that tells it is behind the one that told the creation. */
        Instant orLater(Instant reportedAt) {
            return reportedAt.isBefore(at) ? at : reportedAt;
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, Set.of(), null);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated created ->
                new State(
                        new Created(created.createdAt(), ZoneId.of(created.timeZone())), state.crews(), state.ended());
            case CrewAssigned assigned -> state.with(assigned.crewId());
            case CrewUnassigned unassigned -> state.without(unassigned.crewId());
            case CrewReleased released -> state.without(released.crewId());
            case JobCompleted _ -> new State(state.created(), state.crews(), JOB_COMPLETED);
            case JobCancelled _ -> new State(state.created(), state.crews(), JOB_CANCELLED);
            case CompletionCorrected _, JobRescheduled _, EquipmentCharged _, JobBilling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(CompleteJob command, State state) {
        Created created = state.created();
        if (created == null) {
            return reject(JOB_NOT_FOUND);
        }
        if (state.ended() != null) {
            return reject(state.ended());
        }
        if (state.crews().isEmpty()) {
            return reject(NO_CREW_ASSIGNED);
        }
        for (CrewHours told : command.crewHours()) {
            if (!state.crews().contains(told.crewId())) {
                return reject(CREW_NOT_ASSIGNED);
            }
        }
        Instant at = command.at() == null ? created.orLater(command.reportedAt()) : command.at();
        if (created.isAfter(at)) {
            return reject(COMPLETED_BEFORE_CREATED);
        }
        Optional<List<CrewWork>> work = new Timesheet(created.zone(), command.rates()).work(command.crewHours(), at);
        if (work.isEmpty()) {
            return reject(WorkReport.CREW_WITHOUT_RATE);
        }
        return accept(new JobCompleted(command.jobId(), at, work.get(), command.note()));
    }
}
