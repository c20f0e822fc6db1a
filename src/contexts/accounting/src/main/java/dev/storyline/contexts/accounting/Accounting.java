package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Language;
import java.util.List;
import java.util.Set;

/** The context accounting. */
public final class Accounting {
    /** Its events. */
    public static final Language LANGUAGE = Language.of("accounting", Set.of(), List.of());

    private Accounting() {}
}
