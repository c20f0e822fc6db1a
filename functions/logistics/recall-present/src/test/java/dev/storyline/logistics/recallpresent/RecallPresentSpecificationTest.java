package dev.storyline.logistics.recallpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class RecallPresentSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");
    private static final PresentDelivered DELIVERED = new PresentDelivered(WISH, SIMO);
    private static final RecallPresent RECALL = new RecallPresent(WISH);

    @Test
    void a_present_whose_order_was_cancelled_too_late_is_recalled() {
        Specification.of(new RecallPresentDecider())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH))
                .when(RECALL)
                .then(new PresentRecalled(WISH));
    }

    @Test
    void a_present_is_recalled_once() {
        Specification.of(new RecallPresentDecider())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH), new PresentRecalled(WISH))
                .when(RECALL)
                .thenNothing();
    }

    @Test
    void a_present_that_is_wanted_or_was_never_delivered_is_not_recalled() {
        Specification.of(new RecallPresentDecider())
                .given(ORDERED, DELIVERED)
                .when(RECALL)
                .thenRejected(RecallPresentDecider.NOTHING_TO_RECALL);
        Specification.of(new RecallPresentDecider())
                .given(ORDERED, new OrderCancelled(WISH))
                .when(RECALL)
                .thenRejected(RecallPresentDecider.NOTHING_TO_RECALL);
        Specification.of(new RecallPresentDecider()).when(RECALL).thenRejected(RecallPresentDecider.NOTHING_TO_RECALL);
    }
}
