package dev.storyline.wishes.publishwishupdates;

import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes approved wishes, so that other contexts fulfil them, and cancelled wishes, so that they stop. */
final class PublishWishUpdates implements StatelessEventHandler<WishEvent> {
    @Override
    public String name() {
        return "publish-wish-updates";
    }

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<WishEvent> event) {
        return switch (event.event()) {
            case WishEvent.WishApproved(var wish, var child, var text) ->
                List.of(new Publish("wish-approved", new WishUpdate.WishApproved(wish, child, text)));
            case WishEvent.WishCancelled(var wish, var child) ->
                List.of(new Publish("wish-cancelled", new WishUpdate.WishCancelled(wish, child)));
            case WishEvent.WishRejected _, WishEvent.WishFulfilled _, WishEvent.PresentDeliveredInVain _ -> List.of();
        };
    }
}
