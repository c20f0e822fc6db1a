package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarkNaughtySpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);

    private static WishApproved made(String wish) {
        return new WishApproved(new WishId(wish), SIMO, "a sled");
    }

    @Test
    void a_child_becomes_naughty() {
        Specification.of(new MarkNaughtyDecider())
                .when(new MarkNaughty(SIMO, LATER, NOW))
                .then(new BecameNaughty(SIMO, LATER));
    }

    @Test
    void every_open_wish_is_cancelled_in_the_same_commit_in_the_order_they_were_made() {
        Specification.of(new MarkNaughtyDecider())
                .given(
                        made("b"),
                        made("a"),
                        made("c"),
                        made("d"),
                        new WishFulfilled(new WishId("c"), SIMO),
                        new WishCancelled(new WishId("d"), SIMO),
                        new WishRejected(new WishId("e"), SIMO, "a gun", "naughty-wish", NOW))
                .when(new MarkNaughty(SIMO, LATER, NOW))
                .then(
                        new BecameNaughty(SIMO, LATER),
                        new WishCancelled(new WishId("b"), SIMO),
                        new WishCancelled(new WishId("a"), SIMO));
    }

    @Test
    void a_date_that_is_not_in_the_future_has_expired() {
        Specification.of(new MarkNaughtyDecider())
                .when(new MarkNaughty(SIMO, NOW, NOW))
                .thenRejected(MarkNaughtyDecider.ALREADY_EXPIRED);
        Specification.of(new MarkNaughtyDecider())
                .given(new BecameNaughty(SIMO, LATER))
                .when(new MarkNaughty(SIMO, NOW.minusSeconds(1), NOW))
                .thenRejected(MarkNaughtyDecider.ALREADY_EXPIRED);
    }

    @Test
    void a_date_that_does_not_extend_the_naughtiness_changes_nothing() {
        Specification.of(new MarkNaughtyDecider())
                .given(new BecameNaughty(SIMO, LATER))
                .when(new MarkNaughty(SIMO, LATER, NOW))
                .thenRejected(MarkNaughtyDecider.ALREADY_NAUGHTY);
        Specification.of(new MarkNaughtyDecider())
                .given(new BecameNaughty(SIMO, LATER))
                .when(new MarkNaughty(SIMO, LATER.plusNanos(1), NOW))
                .then(new BecameNaughty(SIMO, LATER.plusNanos(1)));
    }
}
