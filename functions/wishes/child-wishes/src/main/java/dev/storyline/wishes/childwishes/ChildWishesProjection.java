package dev.storyline.wishes.childwishes;

import dev.storyline.contexts.wishes.ChildEvent;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row for each wish under the child's partition, in the order they were made; the child's own row has the rest. The
 * state has the keys of the open wishes; closed ones never change again.
 */
final class ChildWishesProjection implements Projection<ChildWishesProjection.State, ChildEvent> {
    static final String NAME = "child-wishes";

    /** The version at which each open wish was made, ten at most, and the content of the child's own row. */
    record State(
            Map<String, Long> open,
            @Nullable Instant naughtyUntil,
            @Nullable Instant bannedUntil) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<ChildEvent> folds() {
        return ChildEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Map.of(), null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<ChildEvent> event) {
        return switch (event.event()) {
            case WishApproved(var wishId, var _, var wish) -> {
                Map<String, Long> open = new HashMap<>(state.open());
                open.put(wishId.value(), event.version());
                yield Step.to(new State(open, state.naughtyUntil(), state.bannedUntil()))
                        .put(key(event.stream(), event.version()), new ChildWishes.Wish(wishId, wish, "open", null));
            }
            case WishRejected rejected -> rejected(state, event.stream(), event.version(), rejected);
            case WishCancelled cancelled -> closed(state, event.stream(), cancelled.wishId(), "cancelled");
            case WishFulfilled fulfilled -> closed(state, event.stream(), fulfilled.wishId(), "fulfilled");
            case PresentDeliveredInVain _ -> Step.to(state);
            case BecameNaughty naughty ->
                Step.to(new State(state.open(), naughty.until(), state.bannedUntil()))
                        .putOwn(new ChildWishes.Child(naughty.until(), state.bannedUntil()));
        };
    }

    private static Step<State> rejected(State state, StreamId stream, long version, WishRejected rejected) {
        ChildWishes.Wish row = new ChildWishes.Wish(rejected.wishId(), rejected.wish(), "rejected", rejected.reason());
        if (rejected.bannedUntil().equals(Instant.MIN)) {
            return Step.to(state).put(key(stream, version), row);
        }
        return Step.to(new State(state.open(), state.naughtyUntil(), rejected.bannedUntil()))
                .put(key(stream, version), row)
                .putOwn(new ChildWishes.Child(state.naughtyUntil(), rejected.bannedUntil()));
    }

    private static Step<State> closed(State state, StreamId stream, WishId wish, String as) {
        Long made = state.open().get(wish.value());
        if (made == null) {
            return Step.to(state);
        }
        Map<String, Long> open = new HashMap<>(state.open());
        open.remove(wish.value());
        return Step.to(new State(open, state.naughtyUntil(), state.bannedUntil()))
                .set(key(stream, made), Map.of("state", as));
    }

    private static RowKey key(StreamId stream, long version) {
        return new RowKey(stream.toString(), String.format(Locale.ROOT, "wish#%012d", version));
    }
}
