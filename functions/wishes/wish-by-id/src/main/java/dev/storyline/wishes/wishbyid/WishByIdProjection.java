package dev.storyline.wishes.wishbyid;

import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.Map;

/** One row for each wish under its own id. The events carry all that is shown, so the state is empty. */
final class WishByIdProjection implements Projection<WishByIdProjection.State, WishEvent> {
    /** The empty state. */
    record State() {}

    @Override
    public String name() {
        return Wish.PROJECTION;
    }

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public State initialState() {
        return new State();
    }

    @Override
    public Step<State> step(State state, Recorded<WishEvent> event) {
        return switch (event.event()) {
            case WishApproved(var wishId, var childId, var wish) ->
                Step.to(state).put(Wish.key(wishId), new Wish(wishId, childId, wish, "open", null));
            case WishRejected(var wishId, var childId, var wish, var reason, var _) ->
                Step.to(state).put(Wish.key(wishId), new Wish(wishId, childId, wish, "rejected", reason));
            case WishCancelled(var wishId, var _) -> Step.to(state).set(Wish.key(wishId), Map.of("state", "cancelled"));
            case WishFulfilled(var wishId, var _) -> Step.to(state).set(Wish.key(wishId), Map.of("state", "fulfilled"));
            case PresentDeliveredInVain _ -> Step.to(state);
        };
    }
}
