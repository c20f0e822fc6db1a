package dev.storyline.orders.refundorder;

import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of refund-order. */
@Singleton
public class RefundOrderFunction {
    private final InternalCommandEndpoint<RefundOrder> internal;

    public RefundOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new RefundOrderDecider());
        internal = InternalCommandEndpoint.of(edge, handler, RefundOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("refund-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
