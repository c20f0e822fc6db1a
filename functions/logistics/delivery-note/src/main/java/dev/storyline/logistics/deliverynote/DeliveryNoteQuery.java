package dev.storyline.logistics.deliverynote;

import dev.storyline.contexts.logistics.WishId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param wishId names a wish, and with it the order of its present, from the path
 */
record DeliveryNoteQuery(WishId wishId) {
    /** The view, or null if there is nothing to show. */
    @Nullable
    DeliveryNote answer(View view) {
        return view.row(DeliveryNote.key(wishId), DeliveryNote.class);
    }
}
