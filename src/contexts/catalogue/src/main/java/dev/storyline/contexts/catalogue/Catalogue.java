package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The context of the catalogue. */
public final class Catalogue {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("catalogue", Set.of(ProductEvent.class), List.of());

    private Catalogue() {}

    /** The stream of one product, {@code product#chair}. */
    public static StreamId stream(ProductId product) {
        return StreamId.of("product", product);
    }
}
