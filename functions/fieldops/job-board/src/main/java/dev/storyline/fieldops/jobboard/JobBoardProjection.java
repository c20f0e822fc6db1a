package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each job has one row, which moves when its state does. The state remembers where the row stands. */
final class JobBoardProjection implements Projection<JobBoardProjection.State, JobEvent> {
    /** The job's row and what else says where it stands; nulls before the job is created. */
    record State(
            @Nullable BoardJob row,
            @Nullable RegionId regionId,
            @Nullable String timeZone) {}

    @Override
    public String name() {
        return "job-board";
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<JobEvent> event) {
        BoardJob row = state.row();
        return switch (event.event()) {
            case JobCreated created ->
                moved(new State(null, created.regionId(), created.timeZone()), BoardJob.of(created));
            case CrewAssigned assigned -> moved(state, row == null ? null : row.with(List.of(assigned.crewId())));
            case JobCompleted _ -> moved(state, row == null ? null : row.in("completed"));
        };
    }

    /** The row in its new place, and gone from the old one. */
    private static Step<State> moved(State state, @Nullable BoardJob next) {
        RegionId region = state.regionId();
        String timeZone = state.timeZone();
        if (next == null || region == null || timeZone == null) {
            return Step.to(state);
        }
        Step<State> step = Step.to(new State(next, region, timeZone));
        BoardJob before = state.row();
        if (before != null) {
            step = step.remove(before.key(region, FieldOps.day(before.plannedStart(), timeZone)));
        }
        return step.put(next.key(region, FieldOps.day(next.plannedStart(), timeZone)), next);
    }
}
