package dev.storyline.fieldops.regions;

import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
record RegionsQuery(@Nullable String after) {
    /** A page of the regions. */
    RegionList answer(View view) {
        RowPage<ListedRegion> page =
                view.rows(RegionsProjection.PARTITION, Objects.requireNonNullElse(after, ""), ListedRegion.class);
        return new RegionList(page.rows(), page.next());
    }
}
