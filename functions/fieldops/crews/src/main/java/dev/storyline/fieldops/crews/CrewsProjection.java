package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewCalendar;
import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.contexts.fieldops.CrewWorkLog;
import dev.storyline.contexts.fieldops.EquipmentCharge;
import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.FieldOpsEvent;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.RegionEvent;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One row for each crew, from its stream, and one for each time that a job takes of a crew, from the stream of the job.
 * So the free time agrees with the schedule of the crew. The calendar in the crew's stream may be a moment behind both.
 */
final class CrewsProjection implements Projection<CrewsProjection.State, FieldOpsEvent> {
    /**
     * The entity of the stream.
     *
     * @param crew null in streams that are no crew
     * @param job null in streams that are no job, and once it is completed or cancelled
     */
    record State(@Nullable RegisteredCrew crew, @Nullable PlannedJob job) {}

    @Override
    public String name() {
        return "crews";
    }

    @Override
    public Class<FieldOpsEvent> folds() {
        return FieldOpsEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<FieldOpsEvent> event) {
        return switch (event.event()) {
            case CrewRegistered registered -> registered(state, registered);
            case JobCreated created -> Step.to(new State(null, PlannedJob.of(created)));
            case CrewAssigned assigned -> changed(state, job -> job.with(assigned.crewId()));
            case CrewUnassigned unassigned -> changed(state, job -> job.without(unassigned.crewId()));
            case CrewReleased released -> changed(state, job -> job.without(released.crewId()));
            case JobRescheduled rescheduled -> changed(state, job -> job.at(rescheduled.plannedStart()));
            case JobCompleted _, JobCancelled _ -> over(state);
            case CompletionCorrected _, JobBilling _, EquipmentCharge _ -> Step.to(state);
            case CrewCalendar _, CrewWorkLog _ -> Step.to(state);
            case RegionEvent _, EquipmentEvent _ -> Step.to(state);
        };
    }

    private static Step<State> registered(State state, CrewRegistered registered) {
        RegisteredCrew crew = Objects.requireNonNullElseGet(
                        state.crew(), () -> new RegisteredCrew(registered.crewId(), List.of()))
                .with(registered);
        return Step.to(new State(crew, null)).put(crew.key(), crew);
    }

    /** Removes all rows of the job from their old places, and puts them in their new places. */
    private static Step<State> changed(State state, UnaryOperator<PlannedJob> change) {
        PlannedJob before = state.job();
        if (before == null) {
            return Step.to(state);
        }
        PlannedJob after = change.apply(before);
        Step<State> step = without(before, new State(null, after));
        for (RowKey key : after.keys()) {
            step = step.put(key, after.period());
        }
        return step;
    }

    private static Step<State> over(State state) {
        return state.job() == null ? Step.to(state) : without(state.job(), new State(null, null));
    }

    private static Step<State> without(PlannedJob before, State next) {
        Step<State> step = Step.to(next);
        for (RowKey key : before.keys()) {
            step = step.remove(key);
        }
        return step;
    }
}
