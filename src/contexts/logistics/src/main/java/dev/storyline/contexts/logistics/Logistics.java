package dev.storyline.contexts.logistics;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The context of present logistics. */
public final class Logistics {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("logistics", Set.of(OrderEvent.class), List.of());

    private Logistics() {}

    /** The stream of one order, {@code order#w1}. */
    public static StreamId stream(WishId wish) {
        return StreamId.of("order", wish);
    }
}
