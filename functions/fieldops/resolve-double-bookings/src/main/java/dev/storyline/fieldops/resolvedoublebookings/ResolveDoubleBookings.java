package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewConflict;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursOverlapped;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursSettled;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Releases a double-booked crew from one of its two jobs, and publishes that the conflict is resolved. */
final class ResolveDoubleBookings implements StatelessEventHandler<CrewConflict> {
    @Override
    public String name() {
        return "resolve-double-bookings";
    }

    @Override
    public Class<CrewConflict> folds() {
        return CrewConflict.class;
    }

    @Override
    public List<Effect> effects(Recorded<CrewConflict> event) {
        return switch (event.event()) {
            case CrewDoubleBooked(var crew, var job, var from, var inFavourOf) ->
                List.of(new Effect.Dispatch(
                        "release-crew",
                        "release-crew",
                        FieldOps.stream(job),
                        new ReleaseCrew(job, crew, from, inFavourOf)));
            case CrewReleased(var job, var crew, var _, var inFavourOf) ->
                List.of(new Effect.Publish(
                        "crew-conflict-resolved", new CrewConflictResolved(crew, job, inFavourOf, event.at())));
            case CrewHoursOverlapped _, CrewHoursSettled _ -> List.of();
        };
    }
}
