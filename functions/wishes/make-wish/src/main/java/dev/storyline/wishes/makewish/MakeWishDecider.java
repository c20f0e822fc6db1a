package dev.storyline.wishes.makewish;

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
import java.util.HashSet;
import java.util.Set;

/** Approves a wish, unless the child has ten open wishes, is naughty or is banned. */
final class MakeWishDecider implements Decider<MakeWish, MakeWishDecider.State, ChildEvent> {
    static final int MOST_OPEN_WISHES = 10;

    static final Rule BANNED = Rule.forbids(
            "banned", "A naughty wish of this child was rejected less than a minute ago; wish again in a moment.");
    static final Rule TOO_MANY_WISHES = Rule.forbids(
            WishRejected.TOO_MANY_WISHES,
            "The child has " + MOST_OPEN_WISHES + " open wishes; cancel one, or wait until one is fulfilled.");
    static final Rule CHILD_ON_NAUGHTY_LIST =
            Rule.forbids(WishRejected.CHILD_ON_NAUGHTY_LIST, "The child is on the naughty list.");
    static final Rule NAUGHTY_WISH = Rule.forbids(WishRejected.NAUGHTY_WISH, "The wish is a naughty one.");

    /** The state that decides the next wish. */
    record State(Set<WishId> open, Instant naughtyUntil, Instant bannedUntil) {
        State with(WishId wish) {
            Set<WishId> more = new HashSet<>(open);
            more.add(wish);
            return new State(Set.copyOf(more), naughtyUntil, bannedUntil);
        }

        State without(WishId wish) {
            Set<WishId> fewer = new HashSet<>(open);
            fewer.remove(wish);
            return new State(Set.copyOf(fewer), naughtyUntil, bannedUntil);
        }
    }

    @Override
    public Class<ChildEvent> folds() {
        return ChildEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Set.of(), Instant.MIN, Instant.MIN);
    }

    @Override
    public State evolve(State state, ChildEvent event) {
        return switch (event) {
            case WishApproved approved -> state.with(approved.wishId());
            case WishCancelled cancelled -> state.without(cancelled.wishId());
            case WishFulfilled fulfilled -> state.without(fulfilled.wishId());
            case WishRejected rejected ->
                new State(state.open(), state.naughtyUntil(), later(state.bannedUntil(), rejected.bannedUntil()));
            case BecameNaughty naughty ->
                new State(state.open(), later(state.naughtyUntil(), naughty.until()), state.bannedUntil());
            case PresentDeliveredInVain _ -> state;
        };
    }

    @Override
    public Decision<ChildEvent> decide(MakeWish command, State state) {
        if (command.at().isBefore(state.bannedUntil())) {
            return reject(BANNED);
        }
        if (state.open().size() >= MOST_OPEN_WISHES) {
            return reject(TOO_MANY_WISHES, rejected(command, TOO_MANY_WISHES));
        }
        if (command.listed() || command.at().isBefore(state.naughtyUntil())) {
            return reject(CHILD_ON_NAUGHTY_LIST, rejected(command, CHILD_ON_NAUGHTY_LIST));
        }
        if (command.naughty()) {
            return reject(NAUGHTY_WISH, rejected(command, NAUGHTY_WISH));
        }
        return accept(new WishApproved(command.wishId(), command.childId(), command.wish()));
    }

    private static WishRejected rejected(MakeWish command, Rule rule) {
        return new WishRejected(command.wishId(), command.childId(), command.wish(), rule.name(), command.at());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
