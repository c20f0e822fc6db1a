package dev.storyline.inventory.reservation;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param orderId the order, from the path
 */
record ReservationQuery(OrderId orderId) {
    /** The view, or null if there is nothing to show. */
    @Nullable
    Reservation answer(View view) {
        return view.head(Inventory.stream(orderId)).own(Reservation.class);
    }
}
