package dev.storyline.logistics.recallunwantedpresents;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.Effect.Dispatch;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class RecallUnwantedPresentsSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");
    private static final PresentDelivered DELIVERED = new PresentDelivered(WISH, SIMO);

    @Test
    void a_cancellation_that_came_too_late_has_the_present_recalled() {
        Specification.of(new RecallUnwantedPresents())
                .in(Logistics.stream(WISH))
                .given(ORDERED, DELIVERED)
                .when(new OrderCancelledTooLate(WISH))
                .then(new Dispatch("recall", "recall-present", Logistics.stream(WISH), new RecallPresent(WISH)));
    }

    @Test
    void nothing_else_recalls_a_present() {
        Specification.of(new RecallUnwantedPresents()).when(ORDERED).thenNothing();
        Specification.of(new RecallUnwantedPresents())
                .given(ORDERED)
                .when(new OrderCancelled(WISH))
                .thenNothing();
        Specification.of(new RecallUnwantedPresents())
                .given(ORDERED)
                .when(DELIVERED)
                .thenNothing();
        Specification.of(new RecallUnwantedPresents())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH))
                .when(new PresentRecalled(WISH))
                .thenNothing();
    }
}
