package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Bounds;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param regionId the region, from the path
 * @param day the day, in the calendar of the region
 * @param state {@code open}, {@code assigned}, {@code completed} or {@code cancelled}
 * @param after the {@code next} of the page before; null for the first page
 */
record JobBoardQuery(
        RegionId regionId,
        LocalDate day,

        @Bounds(oneOf = {"open", "assigned", "completed", "cancelled"})
        String state,

        @Nullable String after) {
    /** The jobs; a day without any is empty, even if the region is unknown. */
    JobBoard answer(View view) {
        RowPage<BoardJob> page = view.rows(
                BoardJob.partition(regionId, day, state), Objects.requireNonNullElse(after, ""), BoardJob.class);
        return new JobBoard(regionId, day, state, page.rows(), page.next());
    }
}
