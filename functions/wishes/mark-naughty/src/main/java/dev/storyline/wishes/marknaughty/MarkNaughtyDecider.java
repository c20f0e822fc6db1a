package dev.storyline.wishes.marknaughty;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.wishes.ChildEvent;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Extends the naughtiness of a child, never shortens it, and cancels every open wish. */
final class MarkNaughtyDecider implements Decider<MarkNaughty, MarkNaughtyDecider.State, ChildEvent> {
    static final Rule ALREADY_EXPIRED =
            Rule.forbids("already-expired", "Naughtiness ends in the future; this date has passed.");
    static final Rule ALREADY_NAUGHTY =
            Rule.forbids("already-naughty", "The child is on the naughty list at least until then.");

    /** The open wishes in the order in which they were made, and the end of the naughtiness. */
    record State(List<WishId> open, Instant naughtyUntil) {
        State without(WishId wish) {
            return new State(open.stream().filter(other -> !other.equals(wish)).toList(), naughtyUntil);
        }
    }

    @Override
    public Class<ChildEvent> folds() {
        return ChildEvent.class;
    }

    @Override
    public State initialState() {
        return new State(List.of(), Instant.MIN);
    }

    @Override
    public State evolve(State state, ChildEvent event) {
        return switch (event) {
            case WishApproved approved -> {
                List<WishId> open = new ArrayList<>(state.open());
                open.add(approved.wishId());
                yield new State(List.copyOf(open), state.naughtyUntil());
            }
            case WishCancelled cancelled -> state.without(cancelled.wishId());
            case WishFulfilled fulfilled -> state.without(fulfilled.wishId());
            case WishRejected _, PresentDeliveredInVain _ -> state;
            case BecameNaughty naughty -> new State(state.open(), naughty.until());
        };
    }

    @Override
    public Decision<ChildEvent> decide(MarkNaughty command, State state) {
        if (!command.until().isAfter(command.at())) {
            return reject(ALREADY_EXPIRED);
        }
        if (!command.until().isAfter(state.naughtyUntil())) {
            return reject(ALREADY_NAUGHTY);
        }
        List<ChildEvent> events = new ArrayList<>();
        events.add(new BecameNaughty(command.childId(), command.until()));
        state.open().forEach(wish -> events.add(new WishCancelled(wish, command.childId())));
        return accept(events);
    }
}
