package dev.storyline.wishes.cancelwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancelWishSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final WishApproved MADE = new WishApproved(WISH, SIMO, "a sled");
    private static final CancelWish CANCEL = new CancelWish(SIMO, WISH);

    @Test
    void an_open_wish_is_cancelled() {
        Specification.of(new CancelWishDecider()).given(MADE).when(CANCEL).then(new WishCancelled(WISH, SIMO));
    }

    @Test
    void a_wish_that_was_never_made_is_not_found() {
        Specification.of(new CancelWishDecider()).when(CANCEL).thenRejected(CancelWishDecider.WISH_NOT_FOUND);
    }

    @Test
    void a_wish_that_is_no_longer_open_is_not_found() {
        Specification.of(new CancelWishDecider())
                .given(MADE, new WishCancelled(WISH, SIMO))
                .when(CANCEL)
                .thenRejected(CancelWishDecider.WISH_NOT_FOUND);
        Specification.of(new CancelWishDecider())
                .given(MADE, new WishFulfilled(WISH, SIMO))
                .when(CANCEL)
                .thenRejected(CancelWishDecider.WISH_NOT_FOUND);
        Specification.of(new CancelWishDecider())
                .given(new WishRejected(WISH, SIMO, "a gun", "naughty-wish", Instant.EPOCH))
                .when(CANCEL)
                .thenRejected(CancelWishDecider.WISH_NOT_FOUND);
    }

    @Test
    void other_wishes_stay_open() {
        WishId other = new WishId("w2");
        Specification.of(new CancelWishDecider())
                .given(MADE, new WishApproved(other, SIMO, "a kite"), new WishCancelled(other, SIMO))
                .when(CANCEL)
                .then(new WishCancelled(WISH, SIMO));
    }
}
