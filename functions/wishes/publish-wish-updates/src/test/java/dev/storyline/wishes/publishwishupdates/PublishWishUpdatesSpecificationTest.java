package dev.storyline.wishes.publishwishupdates;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.testkit.Contract;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublishWishUpdatesSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final WishUpdate.WishApproved APPROVED = new WishUpdate.WishApproved(WISH, SIMO, "a sled");
    private static final WishUpdate.WishCancelled CANCELLED = new WishUpdate.WishCancelled(WISH, SIMO);

    @Test
    void an_approved_wish_becomes_public() {
        Specification.of(new PublishWishUpdates())
                .when(new WishEvent.WishApproved(WISH, SIMO, "a sled"))
                .then(new Publish("wish-approved", APPROVED));
    }

    @Test
    void a_cancelled_wish_becomes_public() {
        Specification.of(new PublishWishUpdates())
                .given(new WishEvent.WishApproved(WISH, SIMO, "a sled"))
                .when(new WishEvent.WishCancelled(WISH, SIMO))
                .then(new Publish("wish-cancelled", CANCELLED));
    }

    @Test
    void what_calls_for_no_delivery_stays_private() {
        Specification.of(new PublishWishUpdates())
                .when(new WishRejected(WISH, SIMO, "a gun", WishRejected.NAUGHTY_WISH, Instant.EPOCH))
                .thenNothing();
        Specification.of(new PublishWishUpdates())
                .when(new WishFulfilled(WISH, SIMO))
                .thenNothing();
        Specification.of(new PublishWishUpdates())
                .when(new PresentDeliveredInVain(WISH, SIMO))
                .thenNothing();
        Specification.of(new PublishWishUpdates())
                .when(new BecameNaughty(SIMO, Instant.EPOCH))
                .thenNothing();
    }

    @Test
    void the_public_events_keep_their_contracts() {
        Contract.of("wishes").keeps(APPROVED);
        Contract.of("wishes").keeps(CANCELLED);
    }
}
