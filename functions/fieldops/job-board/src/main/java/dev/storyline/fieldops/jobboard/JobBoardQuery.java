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
 * @param state {@code open}, {@code assigned}, {@code completed} or {@code cancelled}; null or {@code all} for jobs in
 *     all states
 * @param after the {@code next} of the page before; null for the first page
 */
record JobBoardQuery(
        RegionId regionId,
        LocalDate day,

        @Bounds(oneOf = {BoardJob.ALL, "open", "assigned", "completed", "cancelled"}) @Nullable
        String state,

        @Nullable String after) {
    /**
     * The jobs. One partition has all of them, so a page reads its own rows alone, in one state or in all. A day without
     * jobs is empty, even if the region is unknown.
     */
    JobBoard answer(View view) {
        String asked = Objects.requireNonNullElse(state, BoardJob.ALL);
        RowPage<BoardJob> page = view.rows(
                BoardJob.partition(regionId, day, asked), Objects.requireNonNullElse(after, ""), BoardJob.class);
        return new JobBoard(regionId, day, asked, page.rows(), page.next());
    }
}
