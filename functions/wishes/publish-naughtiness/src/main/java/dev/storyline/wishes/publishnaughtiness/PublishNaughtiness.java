package dev.storyline.wishes.publishnaughtiness;

import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Tells others who wished for something naughty. What was rejected for another reason is nobody's business. */
final class PublishNaughtiness implements EventHandler<PublishNaughtiness.Nothing, WishEvent> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "publish-naughtiness";
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
            case WishRejected rejected
            when rejected.reason().equals(WishRejected.NAUGHTY_WISH) ->
                Reaction.to(
                        nothing,
                        new Publish("naughtiness", new NaughtinessDetected(rejected.childId(), rejected.at())));
            case WishRejected _,
                    WishEvent.WishApproved _,
                    WishEvent.WishCancelled _,
                    WishEvent.WishFulfilled _,
                    WishEvent.PresentDeliveredInVain _ -> Reaction.to(nothing);
        };
    }
}
