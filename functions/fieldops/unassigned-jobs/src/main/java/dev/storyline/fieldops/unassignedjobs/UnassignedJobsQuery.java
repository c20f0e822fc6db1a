package dev.storyline.fieldops.unassignedjobs;

import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param regionId the region, from the path
 * @param after the {@code next} of the page before; null for the first page
 */
record UnassignedJobsQuery(RegionId regionId, @Nullable String after) {
    /** The jobs; without any the list is empty, even if the region is unknown. */
    UnassignedJobs answer(View view) {
        RowPage<UnassignedJob> page = view.rows(
                UnassignedJob.partition(regionId), Objects.requireNonNullElse(after, ""), UnassignedJob.class);
        return new UnassignedJobs(regionId, page.rows(), page.next());
    }
}
