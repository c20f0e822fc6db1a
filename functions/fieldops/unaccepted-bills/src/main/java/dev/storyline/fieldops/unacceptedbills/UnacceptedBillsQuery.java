package dev.storyline.fieldops.unacceptedbills;

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
record UnacceptedBillsQuery(RegionId regionId, @Nullable String after) {
    /** The bills; none if all were accepted. */
    UnacceptedBills answer(View view) {
        RowPage<UnacceptedBill> page = view.rows(
                UnacceptedBill.partition(regionId), Objects.requireNonNullElse(after, ""), UnacceptedBill.class);
        return new UnacceptedBills(regionId, page.rows(), page.next());
    }
}
