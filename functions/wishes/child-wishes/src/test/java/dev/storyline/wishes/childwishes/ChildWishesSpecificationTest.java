package dev.storyline.wishes.childwishes;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.kernel.RowKey;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChildWishesSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final WishApproved MADE = new WishApproved(WISH, SIMO, "a sled");
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static RowKey key(int version) {
        return new RowKey("child#simo", "wish#%012d".formatted(version));
    }

    private static ChildWishes.Wish row(String state) {
        return new ChildWishes.Wish(WISH, "a sled", state, null);
    }

    @Test
    void a_wish_is_shown_open_and_then_as_what_became_of_it() {
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(MADE)
                .thenRow(key(1), row("open"))
                .thenNoOwnRow();
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(MADE, new WishCancelled(WISH, SIMO))
                .thenRow(key(1), row("cancelled"));
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(MADE, new WishFulfilled(WISH, SIMO))
                .thenRow(key(1), row("fulfilled"))
                .thenNoRow(key(2));
    }

    @Test
    void a_cancelled_wish_stays_cancelled_though_its_present_was_delivered_in_vain() {
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(MADE, new WishCancelled(WISH, SIMO), new PresentDeliveredInVain(WISH, SIMO))
                .thenRow(key(1), row("cancelled"))
                .thenNoRow(key(3));
    }

    @Test
    void a_rejected_wish_is_shown_with_its_reason_and_a_naughty_one_with_its_ban() {
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(new WishRejected(WISH, SIMO, "a gun", "naughty-wish", NOW))
                .thenRow(key(1), new ChildWishes.Wish(WISH, "a gun", "rejected", "naughty-wish"))
                .thenOwnRow(new ChildWishes.Child(null, NOW.plusSeconds(60)));
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(new WishRejected(WISH, SIMO, "a sled", "too-many-wishes", NOW))
                .thenRow(key(1), new ChildWishes.Wish(WISH, "a sled", "rejected", "too-many-wishes"))
                .thenNoOwnRow();
    }

    @Test
    void naughtiness_and_ban_stand_side_by_side() {
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(
                        new WishRejected(WISH, SIMO, "a gun", "naughty-wish", NOW),
                        new BecameNaughty(SIMO, NOW.plusSeconds(3_600)))
                .thenOwnRow(new ChildWishes.Child(NOW.plusSeconds(3_600), NOW.plusSeconds(60)));
    }

    @Test
    void closing_a_wish_that_was_never_open_shows_nothing() {
        Specification.of(new ChildWishesProjection())
                .in(Wishes.stream(SIMO))
                .given(new WishCancelled(WISH, SIMO), MADE)
                .thenNoRow(key(1))
                .thenRow(key(2), row("open"));
    }
}
