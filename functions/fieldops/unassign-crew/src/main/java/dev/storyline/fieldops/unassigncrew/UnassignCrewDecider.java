package dev.storyline.fieldops.unassigncrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A crew is taken off a job that is still to be done. */
final class UnassignCrewDecider implements Decider<UnassignCrew, UnassignCrewDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done already.");
    static final Rule JOB_CANCELLED = Rule.forbids("job-cancelled", "Nobody wants the job done any more.");
    static final Rule CREW_NOT_ASSIGNED = Rule.forbids("crew-not-assigned", "The crew is not assigned to the job.");

    /**
     * The state of the job.
     *
     * @param refusal the rule that keeps its crews from being changed; null while nothing does
     * @param crews the assigned crews
     */
    record State(@Nullable Rule refusal, Set<CrewId> crews) {
        State {
            crews = Set.copyOf(crews);
        }

        State with(CrewId crew) {
            return new State(
                    refusal, Stream.concat(crews.stream(), Stream.of(crew)).collect(Collectors.toSet()));
        }

        State without(CrewId crew) {
            return new State(
                    refusal, crews.stream().filter(one -> !one.equals(crew)).collect(Collectors.toSet()));
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(JOB_NOT_FOUND, Set.of());
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> new State(null, state.crews());
            case CrewAssigned assigned -> state.with(assigned.crewId());
            case CrewUnassigned unassigned -> state.without(unassigned.crewId());
            case CrewReleased released -> state.without(released.crewId());
            case JobCompleted _ -> new State(JOB_COMPLETED, state.crews());
            case JobCancelled _ -> new State(JOB_CANCELLED, state.crews());
            case CompletionCorrected _, JobRescheduled _, EquipmentCharged _, JobBilling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(UnassignCrew command, State state) {
        if (state.refusal() != null) {
            return reject(state.refusal());
        }
        if (!state.crews().contains(command.crewId())) {
            return reject(CREW_NOT_ASSIGNED);
        }
        return accept(new CrewUnassigned(command.jobId(), command.crewId()));
    }
}
