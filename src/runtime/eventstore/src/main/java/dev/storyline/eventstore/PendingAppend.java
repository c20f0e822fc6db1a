package dev.storyline.eventstore;

import dev.storyline.kernel.Decision;
import java.util.List;

/**
 * What one try to decide a command has come to.
 *
 * @param decision what the home stream is to record
 * @param others the commits of the other streams in which something is to happen as well
 * @param unmoved the other streams that were read for it and get no commit, in the order in which they were read
 */
record PendingAppend<E>(Decision<E> decision, List<Commit> others, List<EventStore.Unmoved> unmoved) {
    /** How one command is decided, in as many tries as it takes. */
    interface Proposer<C, S, E> {
        /** Decides on this state of the home stream. */
        PendingAppend<E> propose(C command, S home);
    }

    /** A decision for which no other stream was read. */
    static <E> PendingAppend<E> ofHomeAlone(Decision<E> decision) {
        return new PendingAppend<>(decision, List.of(), List.of());
    }

    boolean isOfHomeAlone() {
        return others.isEmpty() && unmoved.isEmpty();
    }
}
