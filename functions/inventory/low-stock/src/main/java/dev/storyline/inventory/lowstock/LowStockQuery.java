package dev.storyline.inventory.lowstock;

import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
record LowStockQuery(@Nullable String after) {
    /** A page of the list. */
    LowStock answer(View view) {
        RowPage<LowStockLine> page =
                view.rows(LowStockLine.PARTITION, Objects.requireNonNullElse(after, ""), LowStockLine.class);
        return new LowStock(page.rows(), page.next());
    }
}
