package dev.storyline.fieldops.crewschedule;

import dev.storyline.contexts.fieldops.Booking;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param crewId names a crew, from the path
 * @param from bookings that begin then or later; missing for all
 * @param after where the last page ended; missing for the first
 */
record CrewScheduleQuery(
        CrewId crewId, @Nullable Instant from, @Nullable String after) {
    /** The bookings; a crew without any has an empty schedule, whether or not somebody knows the crew. */
    CrewSchedule answer(View view) {
        RowPage<Booking> page = view.rows(Booking.partition(crewId), beginning(), Booking.class);
        return new CrewSchedule(crewId, page.rows(), page.next());
    }

    private String beginning() {
        if (after != null) {
            return after;
        }
        return from == null ? "" : FieldOps.sortable(from);
    }
}
