package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewConflict;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** A crew that was assigned twice for one time leaves the later job, and others hear of it. */
final class ResolveDoubleBookings implements EventHandler<ResolveDoubleBookings.Nothing, CrewConflict> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "resolve-double-bookings";
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
    public Reaction<Nothing> on(Nothing nothing, Recorded<CrewConflict> event) {
        return switch (event.event()) {
            case CrewDoubleBooked(var crew, var job, var from, var inFavourOf) ->
                Reaction.to(
                        nothing,
                        new Effect.Dispatch(
                                "release-crew",
                                "release-crew",
                                FieldOps.stream(job),
                                new ReleaseCrew(job, crew, from, inFavourOf)));
            case CrewReleased(var job, var crew, var _, var inFavourOf) ->
                Reaction.to(
                        nothing,
                        new Effect.Publish(
                                "crew-conflict-resolved", new CrewConflictResolved(crew, job, inFavourOf, event.at())));
        };
    }
}
