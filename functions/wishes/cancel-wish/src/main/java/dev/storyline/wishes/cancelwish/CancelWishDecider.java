package dev.storyline.wishes.cancelwish;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.util.HashSet;
import java.util.Set;

/** Cancels an open wish; any other wish is not found. */
final class CancelWishDecider implements Decider<CancelWish, CancelWishDecider.State, WishEvent> {
    static final Rule WISH_NOT_FOUND = Rule.unknown("wish-not-found", "The child has no such open wish.");

    /** The wishes that can be cancelled. */
    record State(Set<WishId> open) {}

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Set.of());
    }

    @Override
    public State evolve(State state, WishEvent event) {
        return switch (event) {
            case WishApproved approved -> {
                Set<WishId> more = new HashSet<>(state.open());
                more.add(approved.wishId());
                yield new State(Set.copyOf(more));
            }
            case WishCancelled cancelled -> without(state, cancelled.wishId());
            case WishFulfilled fulfilled -> without(state, fulfilled.wishId());
            case WishRejected _, PresentDeliveredInVain _ -> state;
        };
    }

    private static State without(State state, WishId wish) {
        Set<WishId> fewer = new HashSet<>(state.open());
        fewer.remove(wish);
        return new State(Set.copyOf(fewer));
    }

    @Override
    public Decision<WishEvent> decide(CancelWish command, State state) {
        return state.open().contains(command.wishId())
                ? accept(new WishCancelled(command.wishId(), command.childId()))
                : reject(WISH_NOT_FOUND);
    }
}
