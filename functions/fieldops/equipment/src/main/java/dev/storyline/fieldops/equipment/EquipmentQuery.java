package dev.storyline.fieldops.equipment;

import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
record EquipmentQuery(@Nullable String after) {
    /** A page of the equipment. */
    EquipmentList answer(View view) {
        RowPage<ListedEquipment> page =
                view.rows(EquipmentProjection.PARTITION, Objects.requireNonNullElse(after, ""), ListedEquipment.class);
        return new EquipmentList(page.rows(), page.next());
    }
}
