package dev.storyline.wishes.wishbyid;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WishByIdSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final WishApproved MADE = new WishApproved(WISH, SIMO, "a sled");

    private static Wish row(String state) {
        return new Wish(WISH, SIMO, "a sled", state, null);
    }

    @Test
    void a_wish_is_open_until_it_is_cancelled_or_fulfilled() {
        Specification.of(new WishByIdProjection()).given(MADE).thenRow(Wish.key(WISH), row("open"));
        Specification.of(new WishByIdProjection())
                .given(MADE, new WishCancelled(WISH, SIMO))
                .thenRow(Wish.key(WISH), row("cancelled"));
        Specification.of(new WishByIdProjection())
                .given(MADE, new WishFulfilled(WISH, SIMO))
                .thenRow(Wish.key(WISH), row("fulfilled"));
    }

    @Test
    void a_cancelled_wish_stays_cancelled_though_its_present_was_delivered_in_vain() {
        Specification.of(new WishByIdProjection())
                .given(MADE, new WishCancelled(WISH, SIMO), new PresentDeliveredInVain(WISH, SIMO))
                .thenRow(Wish.key(WISH), row("cancelled"));
    }

    @Test
    void a_rejected_wish_says_why() {
        Specification.of(new WishByIdProjection())
                .given(new WishRejected(WISH, SIMO, "a sled", "too-many-wishes", Instant.EPOCH))
                .thenRow(Wish.key(WISH), new Wish(WISH, SIMO, "a sled", "rejected", "too-many-wishes"));
    }
}
