package dev.storyline.logistics.orderpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class OrderPresentSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");
    private static final OrderPresent ORDER = new OrderPresent(WISH, SIMO, "a sled");

    @Test
    void the_present_of_an_approved_wish_is_ordered() {
        Specification.of(new OrderPresentDecider()).when(ORDER).then(ORDERED);
    }

    @Test
    void a_present_is_ordered_once_whatever_became_of_the_order() {
        Specification.of(new OrderPresentDecider()).given(ORDERED).when(ORDER).thenNothing();
        Specification.of(new OrderPresentDecider())
                .given(ORDERED, new OrderCancelled(WISH))
                .when(ORDER)
                .thenNothing();
        Specification.of(new OrderPresentDecider())
                .given(
                        ORDERED,
                        new PresentDelivered(WISH, SIMO),
                        new OrderCancelledTooLate(WISH),
                        new PresentRecalled(WISH))
                .when(ORDER)
                .thenNothing();
    }

    @Test
    void a_cancellation_that_overtook_the_order_is_remembered_and_nothing_is_ordered() {
        Specification.of(new OrderPresentDecider())
                .given(new OrderCancelled(WISH))
                .when(ORDER)
                .thenNothing();
    }
}
