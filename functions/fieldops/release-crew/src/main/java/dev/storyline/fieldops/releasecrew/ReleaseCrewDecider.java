package dev.storyline.fieldops.releasecrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

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
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Releases the crew if it is still assigned to the job at the planned start that the double booking names. */
final class ReleaseCrewDecider implements Decider<ReleaseCrew, ReleaseCrewDecider.State, JobEvent> {
    /** The planned start and the crews of the job, and whether it has ended. */
    record State(@Nullable Instant plannedStart, Set<CrewId> crews, boolean over) {
        State with(CrewId crew) {
            Set<CrewId> more = new HashSet<>(crews);
            more.add(crew);
            return new State(plannedStart, Set.copyOf(more), over);
        }

        State without(CrewId crew) {
            Set<CrewId> fewer = new HashSet<>(crews);
            fewer.remove(crew);
            return new State(plannedStart, Set.copyOf(fewer), over);
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, Set.of(), false);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated created -> new State(created.plannedStart(), state.crews(), state.over());
            case JobRescheduled moved -> new State(moved.plannedStart(), state.crews(), state.over());
            case CrewAssigned assigned -> state.with(assigned.crewId());
            case CrewUnassigned unassigned -> state.without(unassigned.crewId());
            case CrewReleased released -> state.without(released.crewId());
            case JobCompleted _, JobCancelled _ -> new State(state.plannedStart(), state.crews(), true);
            case CompletionCorrected _, EquipmentCharged _, JobBilling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(ReleaseCrew command, State state) {
        boolean asFound = state.crews().contains(command.crewId())
                && command.plannedStart().equals(state.plannedStart());
        return asFound && !state.over()
                ? accept(new CrewReleased(
                        command.jobId(), command.crewId(), CrewReleased.DOUBLE_BOOKED, command.inFavourOf()))
                : nothing();
    }
}
