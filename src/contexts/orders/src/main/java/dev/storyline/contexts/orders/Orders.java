package dev.storyline.contexts.orders;

import dev.storyline.kernel.Language;
import java.util.List;
import java.util.Set;

/** The context orders. */
public final class Orders {
    /** Its events. */
    public static final Language LANGUAGE = Language.of("orders", Set.of(), List.of());

    private Orders() {}
}
