package dev.storyline.orders.openorders;

import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
record OpenOrdersQuery(@Nullable String after) {
    /** A page of the list. */
    OpenOrders answer(View view) {
        RowPage<OpenOrder> page =
                view.rows(OpenOrder.PARTITION, Objects.requireNonNullElse(after, ""), OpenOrder.class);
        return new OpenOrders(page.rows(), page.next());
    }
}
