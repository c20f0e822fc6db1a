package dev.storyline.logistics.deliverynote;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.RowKey;

/**
 * What is to be brought to whom, and how far it got.
 *
 * @param wishId whose order it is
 * @param childId to whom
 * @param present what
 * @param state {@code ordered}, {@code cancelled}, {@code delivered}, {@code unwanted} or {@code recalled}
 */
public record DeliveryNote(WishId wishId, ChildId childId, String present, String state) {
    /** Where its row is. */
    public static RowKey key(WishId wishId) {
        return new RowKey("delivery-note#" + wishId.value(), "delivery-note");
    }
}
