package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.Language;
import java.util.List;
import java.util.Set;

/** The context catalogue. */
public final class Catalogue {
    /** Its events. */
    public static final Language LANGUAGE = Language.of("catalogue", Set.of(), List.of());

    private Catalogue() {}
}
