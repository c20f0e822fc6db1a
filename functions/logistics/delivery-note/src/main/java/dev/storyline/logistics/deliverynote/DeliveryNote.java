package dev.storyline.logistics.deliverynote;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.RowKey;

/**
 * The order of a present and its state.
 *
 * @param wishId the wish that the order fulfils
 * @param childId the child
 * @param present the present
 * @param state {@code ordered}, {@code cancelled}, {@code delivered}, {@code unwanted} or {@code recalled}
 */
public record DeliveryNote(WishId wishId, ChildId childId, String present, String state) {
    /** The key of its row. */
    public static RowKey key(WishId wishId) {
        return new RowKey("delivery-note#" + wishId.value(), "delivery-note");
    }
}
