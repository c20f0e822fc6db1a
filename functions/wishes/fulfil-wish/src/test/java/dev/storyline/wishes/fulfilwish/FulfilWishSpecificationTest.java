package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FulfilWishSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final WishApproved MADE = new WishApproved(WISH, SIMO, "a sled");
    private static final FulfilWish FULFIL = new FulfilWish(WISH, SIMO, false);
    private static final FulfilWish DELIVERED = new FulfilWish(WISH, SIMO, true);

    @Test
    void an_open_wish_is_fulfilled() {
        Specification.of(new FulfilWishDecider()).given(MADE).when(FULFIL).then(new WishFulfilled(WISH, SIMO));
    }

    @Test
    void a_wish_that_nobody_made_is_not_found() {
        Specification.of(new FulfilWishDecider())
                .given(new WishApproved(new WishId("w2"), SIMO, "a kite"))
                .when(FULFIL)
                .thenRejected(FulfilWishDecider.WISH_NOT_FOUND);
    }

    @Test
    void a_wish_is_fulfilled_once() {
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishFulfilled(WISH, SIMO))
                .when(FULFIL)
                .thenRejected(FulfilWishDecider.WISH_NOT_OPEN);
    }

    @Test
    void a_cancelled_or_rejected_wish_is_not_open() {
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishCancelled(WISH, SIMO), new WishFulfilled(new WishId("w0"), SIMO))
                .when(FULFIL)
                .thenRejected(FulfilWishDecider.WISH_NOT_OPEN);
        Specification.of(new FulfilWishDecider())
                .given(new WishRejected(WISH, SIMO, "a gun", "naughty-wish", Instant.EPOCH))
                .when(FULFIL)
                .thenRejected(FulfilWishDecider.WISH_NOT_OPEN);
    }

    @Test
    void a_delivered_present_fulfils_an_open_wish_and_told_again_changes_nothing() {
        Specification.of(new FulfilWishDecider()).given(MADE).when(DELIVERED).then(new WishFulfilled(WISH, SIMO));
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishFulfilled(WISH, SIMO))
                .when(DELIVERED)
                .thenNothing();
    }

    @Test
    void a_present_that_was_delivered_for_a_cancelled_wish_was_delivered_in_vain_once() {
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishCancelled(WISH, SIMO))
                .when(DELIVERED)
                .then(new PresentDeliveredInVain(WISH, SIMO));
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishCancelled(WISH, SIMO), new PresentDeliveredInVain(WISH, SIMO))
                .when(DELIVERED)
                .thenNothing();
    }

    @Test
    void a_wish_whose_present_came_in_vain_is_not_open() {
        Specification.of(new FulfilWishDecider())
                .given(MADE, new WishCancelled(WISH, SIMO), new PresentDeliveredInVain(WISH, SIMO))
                .when(FULFIL)
                .thenRejected(FulfilWishDecider.WISH_NOT_OPEN);
    }

    @Test
    void a_delivered_present_makes_no_wish_out_of_none() {
        Specification.of(new FulfilWishDecider()).when(DELIVERED).thenRejected(FulfilWishDecider.WISH_NOT_FOUND);
        Specification.of(new FulfilWishDecider())
                .given(new WishRejected(WISH, SIMO, "a gun", "naughty-wish", Instant.EPOCH))
                .when(DELIVERED)
                .thenRejected(FulfilWishDecider.WISH_NOT_OPEN);
    }
}
