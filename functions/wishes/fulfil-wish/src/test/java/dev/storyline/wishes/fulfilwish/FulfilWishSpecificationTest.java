package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
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
    private static final FulfilWish FULFIL = new FulfilWish(WISH, SIMO);

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
}
