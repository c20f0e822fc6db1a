package dev.storyline.contexts.maintenance;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The context of maintenance. */
public final class Maintenance {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("maintenance", Set.of(OrderEvent.class), List.of());

    private Maintenance() {}

    /** The stream of the orders for one piece of equipment, one after the other, {@code order#lift-1}. */
    public static StreamId stream(EquipmentId equipment) {
        return StreamId.of("order", equipment);
    }
}
