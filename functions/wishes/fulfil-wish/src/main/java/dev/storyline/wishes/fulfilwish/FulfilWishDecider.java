package dev.storyline.wishes.fulfilwish;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.wishes.WishEvent;
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
import org.jspecify.annotations.Nullable;

/** A wish is fulfilled once, while it is open. */
final class FulfilWishDecider implements Decider<FulfilWish, FulfilWishDecider.State, WishEvent> {
    static final Rule WISH_NOT_FOUND = Rule.unknown("wish-not-found", "There is no such wish.");
    static final Rule WISH_NOT_OPEN =
            Rule.forbids("wish-not-open", "The wish is no longer open: it was cancelled, rejected or fulfilled.");

    /** The open wishes, ten at most, and the closed ones: a list that grows by sharing its tail, however long. */
    record State(Set<WishId> open, @Nullable Closed closed) {
        State opened(WishId wish) {
            Set<WishId> more = new HashSet<>(open);
            more.add(wish);
            return new State(Set.copyOf(more), closed);
        }

        State closed(WishId wish) {
            Set<WishId> fewer = new HashSet<>(open);
            fewer.remove(wish);
            return new State(Set.copyOf(fewer), new Closed(wish, closed));
        }

        boolean wasClosed(WishId wish) {
            for (Closed one = closed; one != null; one = one.earlier()) {
                if (one.wish().equals(wish)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A wish that is no longer open, or never was. */
    record Closed(WishId wish, @Nullable Closed earlier) {}

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Set.of(), null);
    }

    @Override
    public State evolve(State state, WishEvent event) {
        return switch (event) {
            case WishApproved approved -> state.opened(approved.wishId());
            case WishRejected rejected -> state.closed(rejected.wishId());
            case WishCancelled cancelled -> state.closed(cancelled.wishId());
            case WishFulfilled fulfilled -> state.closed(fulfilled.wishId());
        };
    }

    @Override
    public Decision<WishEvent> decide(FulfilWish command, State state) {
        if (state.open().contains(command.wishId())) {
            return accept(new WishFulfilled(command.wishId(), command.childId()));
        }
        return reject(state.wasClosed(command.wishId()) ? WISH_NOT_OPEN : WISH_NOT_FOUND);
    }
}
