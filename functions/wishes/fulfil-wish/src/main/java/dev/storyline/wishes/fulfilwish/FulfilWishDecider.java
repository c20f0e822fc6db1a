package dev.storyline.wishes.fulfilwish;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
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
import org.jspecify.annotations.Nullable;

/**
 * Fulfils an open wish, once. A present that was delivered for a cancelled wish can no longer be refused; it was
 * delivered in vain.
 */
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

        State closed(WishId wish, How how) {
            Set<WishId> fewer = new HashSet<>(open);
            fewer.remove(wish);
            return new State(Set.copyOf(fewer), new Closed(wish, how, closed));
        }

        /** The last way in which the wish was closed; null if it never was. */
        @Nullable
        How howClosed(WishId wish) {
            for (Closed one = closed; one != null; one = one.earlier()) {
                if (one.wish().equals(wish)) {
                    return one.how();
                }
            }
            return null;
        }
    }

    /** A wish that is no longer open, or never was. */
    record Closed(WishId wish, How how, @Nullable Closed earlier) {}

    /** The ways in which a wish is closed: a delivered present fulfilled it or came in vain. */
    enum How {
        REJECTED,
        CANCELLED,
        DELIVERED
    }

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
            case WishRejected rejected -> state.closed(rejected.wishId(), How.REJECTED);
            case WishCancelled cancelled -> state.closed(cancelled.wishId(), How.CANCELLED);
            case WishFulfilled fulfilled -> state.closed(fulfilled.wishId(), How.DELIVERED);
            case PresentDeliveredInVain inVain -> state.closed(inVain.wishId(), How.DELIVERED);
        };
    }

    @Override
    public Decision<WishEvent> decide(FulfilWish command, State state) {
        if (state.open().contains(command.wishId())) {
            return accept(new WishFulfilled(command.wishId(), command.childId()));
        }
        How how = state.howClosed(command.wishId());
        if (how == null) {
            return reject(WISH_NOT_FOUND);
        }
        if (!command.delivered()) {
            return reject(WISH_NOT_OPEN);
        }
        return switch (how) {
            case CANCELLED -> accept(new PresentDeliveredInVain(command.wishId(), command.childId()));
            case DELIVERED -> nothing();
            case REJECTED -> reject(WISH_NOT_OPEN);
        };
    }
}
