package dev.storyline.logistics.cancelorder;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class CancelOrderSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");
    private static final PresentDelivered DELIVERED = new PresentDelivered(WISH, SIMO);
    private static final CancelOrder CANCEL = new CancelOrder(WISH);

    @Test
    void an_order_is_cancelled() {
        Specification.of(new CancelOrderDecider()).given(ORDERED).when(CANCEL).then(new OrderCancelled(WISH));
    }

    @Test
    void a_cancellation_that_overtakes_the_order_is_remembered() {
        Specification.of(new CancelOrderDecider()).when(CANCEL).then(new OrderCancelled(WISH));
    }

    @Test
    void a_cancelled_order_is_not_cancelled_again() {
        Specification.of(new CancelOrderDecider())
                .given(new OrderCancelled(WISH))
                .when(CANCEL)
                .thenNothing();
        Specification.of(new CancelOrderDecider())
                .given(ORDERED, new OrderCancelled(WISH))
                .when(CANCEL)
                .thenNothing();
    }

    @Test
    void a_delivered_present_is_cancelled_too_late() {
        Specification.of(new CancelOrderDecider())
                .given(ORDERED, DELIVERED)
                .when(CANCEL)
                .then(new OrderCancelledTooLate(WISH));
    }

    @Test
    void too_late_is_said_once() {
        Specification.of(new CancelOrderDecider())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH))
                .when(CANCEL)
                .thenNothing();
        Specification.of(new CancelOrderDecider())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH), new PresentRecalled(WISH))
                .when(CANCEL)
                .thenNothing();
    }
}
