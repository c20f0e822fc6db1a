package dev.storyline.wishes.publishwishupdates;

import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Tells others which wishes to fulfil, and which no longer. */
final class PublishWishUpdates implements EventHandler<PublishWishUpdates.Nothing, WishEvent> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "publish-wish-updates";
    }

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public Nothing initialState() {
        return new Nothing();
    }

    @Override
    public Reaction<Nothing> on(Nothing nothing, Recorded<WishEvent> event) {
        return switch (event.event()) {
            case WishEvent.WishApproved(var wish, var child, var text) ->
                Reaction.to(nothing, new Publish("wish-approved", new WishUpdate.WishApproved(wish, child, text)));
            case WishEvent.WishCancelled(var wish, var child) ->
                Reaction.to(nothing, new Publish("wish-cancelled", new WishUpdate.WishCancelled(wish, child)));
            case WishEvent.WishRejected _, WishEvent.WishFulfilled _, WishEvent.PresentDeliveredInVain _ ->
                Reaction.to(nothing);
        };
    }
}
