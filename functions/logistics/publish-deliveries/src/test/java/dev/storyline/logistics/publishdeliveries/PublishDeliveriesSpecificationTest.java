package dev.storyline.logistics.publishdeliveries;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.testkit.Contract;
import dev.storyline.testkit.Specification;
import org.junit.jupiter.api.Test;

class PublishDeliveriesSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId WISH = new WishId("w1");
    private static final PresentOrdered ORDERED = new PresentOrdered(WISH, SIMO, "a sled");

    @Test
    void a_delivery_becomes_public() {
        Specification.of(new PublishDeliveries())
                .given(ORDERED)
                .when(new OrderEvent.PresentDelivered(WISH, SIMO))
                .then(new Publish("present-delivered", new PresentDelivered(WISH, SIMO)));
    }

    @Test
    void what_else_becomes_of_an_order_stays_private() {
        Specification.of(new PublishDeliveries()).when(ORDERED).thenNothing();
        Specification.of(new PublishDeliveries()).when(new OrderCancelled(WISH)).thenNothing();
        Specification.of(new PublishDeliveries())
                .when(new OrderCancelledTooLate(WISH))
                .thenNothing();
        Specification.of(new PublishDeliveries())
                .when(new PresentRecalled(WISH))
                .thenNothing();
    }

    @Test
    void the_public_event_keeps_its_contract() {
        Contract.of("logistics").keeps(new PresentDelivered(WISH, SIMO));
    }
}
