package dev.storyline.contexts.inventory;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The context of the inventory. */
public final class Inventory {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("inventory", Set.of(InventoryEvent.class), List.of());

    private Inventory() {}

    /** The stream of one product, {@code product#chair}. */
    public static StreamId stream(ProductId product) {
        return StreamId.of("product", product);
    }

    /** The stream of what is set aside for one order, {@code reservation#o1}. */
    public static StreamId stream(OrderId order) {
        return StreamId.of("reservation", order);
    }
}
