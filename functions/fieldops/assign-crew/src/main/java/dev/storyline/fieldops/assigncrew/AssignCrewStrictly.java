package dev.storyline.fieldops.assigncrew;

import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewCalendar;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewBooked;
import dev.storyline.contexts.fieldops.CrewTime;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The strict variant. It appends to the streams of job and crew in one transaction, so no crew is ever in two places.
 */
final class AssignCrewStrictly
        implements AtomicDecider<AssignCrew, AssignCrewStrictly.State, JobEvent, CrewTime, CrewCalendar> {
    private final AssignCrewDecider job = new AssignCrewDecider();

    /** The state of the usual variant, and the planned period of the job. */
    record State(AssignCrewDecider.State job, PlannedJob plan) {}

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(job.initialState(), PlannedJob.FOLD.initialState());
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return new State(job.evolve(state.job(), event), PlannedJob.FOLD.evolve(state.plan(), event));
    }

    @Override
    public Fold<CrewTime, CrewCalendar> other() {
        return CrewTime.FOLD;
    }

    @Override
    public Set<StreamId> others(AssignCrew command, State state) {
        return Set.of(FieldOps.stream(command.crewId()));
    }

    @Override
    public AtomicDecision<JobEvent, CrewCalendar> decide(
            AssignCrew command, State state, Map<StreamId, CrewTime> crews) {
        Decision<JobEvent> decision = job.decide(command, state.job());
        Period period = state.plan().period();
        if (!(decision instanceof Decision.Accepted<JobEvent>) || period == null) {
            return AtomicDecision.atHome(decision);
        }
        if (crews.values().stream().anyMatch(crew -> crew.isTaken(period, command.jobId()))) {
            return AtomicDecision.atHome(reject(AssignCrewGatekeeper.CREW_BUSY));
        }
        CrewBooked booked = new CrewBooked(command.crewId(), command.jobId(), period.from(), period.to(), command.at());
        return new AtomicDecision<>(decision, Map.of(FieldOps.stream(command.crewId()), List.of(booked)));
    }
}
