package dev.storyline.eventstore;

import dev.storyline.kernel.Decision;
import java.util.List;

/**
 * The result of deciding a command once, ready to be appended.
 *
 * @param decision the events for the home stream, or the reason why there are none
 * @param others the commits for the other streams
 * @param unmoved the other streams that the decision relies on and that get no commit, in the order in which they were
 *     read
 */
record PendingAppend<E>(Decision<E> decision, List<Commit> others, List<EventStore.Unmoved> unmoved) {
    /** Decides one command, once in each try. */
    @FunctionalInterface
    interface Decide<C, S, E> {
        /** Decides on this state of the home stream. */
        PendingAppend<E> decide(C command, S home);
    }

    /** A decision that relies on no other stream. */
    static <E> PendingAppend<E> ofHomeAlone(Decision<E> decision) {
        return new PendingAppend<>(decision, List.of(), List.of());
    }

    boolean isOfHomeAlone() {
        return others.isEmpty() && unmoved.isEmpty();
    }
}
