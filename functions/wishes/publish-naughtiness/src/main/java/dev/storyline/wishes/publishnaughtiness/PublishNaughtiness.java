package dev.storyline.wishes.publishnaughtiness;

import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes which child made a naughty wish. Wishes that were rejected for another reason stay private. */
final class PublishNaughtiness implements StatelessEventHandler<WishEvent> {
    @Override
    public String name() {
        return "publish-naughtiness";
    }

    @Override
    public Class<WishEvent> folds() {
        return WishEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<WishEvent> event) {
        return switch (event.event()) {
            case WishRejected rejected
            when rejected.reason().equals(WishRejected.NAUGHTY_WISH) ->
                List.of(new Publish("naughtiness", new NaughtinessDetected(rejected.childId(), rejected.at())));
            case WishRejected _,
                    WishEvent.WishApproved _,
                    WishEvent.WishCancelled _,
                    WishEvent.WishFulfilled _,
                    WishEvent.PresentDeliveredInVain _ -> List.of();
        };
    }
}
