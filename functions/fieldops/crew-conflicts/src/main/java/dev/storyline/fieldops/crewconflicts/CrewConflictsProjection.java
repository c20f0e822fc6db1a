package dev.storyline.fieldops.crewconflicts;

import static dev.storyline.fieldops.crewconflicts.ConflictingJobs.OPEN;
import static dev.storyline.fieldops.crewconflicts.ConflictingJobs.RELEASED;
import static dev.storyline.fieldops.crewconflicts.ConflictingJobs.SETTLED;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewConflict;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursOverlapped;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursSettled;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;

/**
 * An overlap of hours has one row, in the stream of its crew, which moves between open and settled. A resolved double
 * booking has one in the stream of the job that lost the crew. The events name the rows, so nothing is remembered.
 */
final class CrewConflictsProjection implements Projection<CrewConflictsProjection.Nothing, CrewConflict> {
    /** No state. */
    record Nothing() {}

    @Override
    public String name() {
        return "crew-conflicts";
    }

    @Override
    public Class<CrewConflict> folds() {
        return CrewConflict.class;
    }

    @Override
    public Nothing initialState() {
        return new Nothing();
    }

    @Override
    public Step<Nothing> step(Nothing state, Recorded<CrewConflict> event) {
        return switch (event.event()) {
            case CrewHoursOverlapped(var crew, var job, var other, var from, var hours) -> {
                ConflictingJobs row = new ConflictingJobs(crew, job, other, from, hours, event.at());
                yield Step.to(state).remove(row.key(SETTLED)).put(row.key(OPEN), row);
            }
            case CrewHoursSettled(var crew, var job, var other) -> {
                ConflictingJobs row = new ConflictingJobs(crew, job, other, null, null, event.at());
                yield Step.to(state).remove(row.key(OPEN)).put(row.key(SETTLED), row);
            }
            case CrewReleased(var job, var crew, var _, var inFavourOf) -> {
                ConflictingJobs row = new ConflictingJobs(crew, job, inFavourOf, null, null, event.at());
                yield Step.to(state).put(row.key(RELEASED), row);
            }
            case CrewDoubleBooked _ -> Step.to(state);
        };
    }
}
