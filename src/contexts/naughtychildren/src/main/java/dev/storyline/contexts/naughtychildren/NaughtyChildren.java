package dev.storyline.contexts.naughtychildren;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The naughty children context. */
public final class NaughtyChildren {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("naughtychildren", Set.of(Listing.class), List.of());

    private NaughtyChildren() {}

    /** The stream of one child, {@code naughty-child#simo}. */
    public static StreamId stream(ChildId child) {
        return StreamId.of("naughty-child", child);
    }
}
