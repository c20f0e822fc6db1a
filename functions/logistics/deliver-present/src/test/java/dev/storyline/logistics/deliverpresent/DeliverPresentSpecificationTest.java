package dev.storyline.logistics.deliverpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class DeliverPresentSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");
    private static final PresentDelivered DELIVERED = new PresentDelivered(WISH, SIMO);
    private static final DeliverPresent DELIVER = new DeliverPresent(WISH);

    @Test
    void an_ordered_present_is_delivered_to_the_child_it_was_ordered_for() {
        Specification.of(new DeliverPresentDecider())
                .given(ORDERED)
                .when(DELIVER)
                .then(DELIVERED);
    }

    @Test
    void an_order_that_never_came_is_not_found() {
        Specification.of(new DeliverPresentDecider()).when(DELIVER).thenRejected(DeliverPresentDecider.ORDER_NOT_FOUND);
    }

    @Test
    void a_cancelled_order_is_not_delivered_even_if_it_was_cancelled_before_it_came() {
        Specification.of(new DeliverPresentDecider())
                .given(ORDERED, new OrderCancelled(WISH))
                .when(DELIVER)
                .thenRejected(DeliverPresentDecider.ORDER_CANCELLED);
        Specification.of(new DeliverPresentDecider())
                .given(new OrderCancelled(WISH))
                .when(DELIVER)
                .thenRejected(DeliverPresentDecider.ORDER_CANCELLED);
    }

    @Test
    void a_present_is_delivered_once() {
        Specification.of(new DeliverPresentDecider())
                .given(ORDERED, DELIVERED)
                .when(DELIVER)
                .thenRejected(DeliverPresentDecider.ALREADY_DELIVERED);
        Specification.of(new DeliverPresentDecider())
                .given(ORDERED, DELIVERED, new OrderCancelledTooLate(WISH), new PresentRecalled(WISH))
                .when(DELIVER)
                .thenRejected(DeliverPresentDecider.ALREADY_DELIVERED);
    }
}
