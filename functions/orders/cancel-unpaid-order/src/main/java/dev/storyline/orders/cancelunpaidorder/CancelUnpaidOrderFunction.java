package dev.storyline.orders.cancelunpaidorder;

import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of cancel-unpaid-order. */
@Singleton
public class CancelUnpaidOrderFunction {
    private final InternalCommandEndpoint<CancelUnpaidOrder> internal;

    public CancelUnpaidOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new CancelUnpaidOrderDecider());
        internal = InternalCommandEndpoint.of(edge, handler, CancelUnpaidOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("cancel-unpaid-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
