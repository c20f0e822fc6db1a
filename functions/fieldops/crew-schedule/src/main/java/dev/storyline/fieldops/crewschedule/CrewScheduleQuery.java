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
 * @param crewId the crew, from the path
 * @param from bookings that begin then or later; missing for all
 * @param after the {@code next} of the page before; null for the first page
 */
record CrewScheduleQuery(
        CrewId crewId, @Nullable Instant from, @Nullable String after) {
    /** The bookings; a crew without any has an empty schedule, even if the crew is unknown. */
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
