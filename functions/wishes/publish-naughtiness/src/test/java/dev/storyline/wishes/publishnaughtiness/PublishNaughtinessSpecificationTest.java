package dev.storyline.wishes.publishnaughtiness;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.PresentDeliveredInVain;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.testkit.Contract;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishNaughtinessSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final NaughtinessDetected DETECTED = new NaughtinessDetected(SIMO, NOON);

    @Test
    void a_naughty_wish_becomes_public_without_the_wish() {
        Specification.of(new PublishNaughtiness())
                .when(new WishRejected(WISH, SIMO, "a gun", WishRejected.NAUGHTY_WISH, NOON))
                .then(new Publish("naughtiness", DETECTED));
    }

    @Test
    void a_wish_that_was_rejected_for_another_reason_stays_private() {
        for (String reason : List.of(WishRejected.TOO_MANY_WISHES, WishRejected.CHILD_ON_NAUGHTY_LIST)) {
            Specification.of(new PublishNaughtiness())
                    .when(new WishRejected(WISH, SIMO, "a sled", reason, NOON))
                    .thenNothing();
        }
    }

    @Test
    void what_else_becomes_of_a_wish_is_no_naughtiness() {
        for (Record event : List.of(
                new WishApproved(WISH, SIMO, "a sled"),
                new WishCancelled(WISH, SIMO),
                new WishFulfilled(WISH, SIMO),
                new PresentDeliveredInVain(WISH, SIMO))) {
            Specification.of(new PublishNaughtiness()).when(event).thenNothing();
        }
    }

    @Test
    void the_public_event_keeps_its_contract() {
        Contract.of("wishes").keeps(DETECTED);
    }
}
