package dev.storyline.contexts.wishes;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The wishes context. */
public final class Wishes {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("wishes", Set.of(ChildEvent.class), List.of());

    private Wishes() {}

    /** The stream of one child, {@code child#simo}. */
    public static StreamId stream(ChildId child) {
        return StreamId.of("child", child);
    }
}
