package dev.storyline.orders.cancelorder;

import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of cancel-order. */
@Singleton
public class CancelOrderFunction {
    private final HttpCommandEndpoint<CancelOrderRequest, CancelOrder> http;
    private final InternalCommandEndpoint<CancelOrder> internal;

    public CancelOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new CancelOrderDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                CancelOrderRequest.class,
                r -> Orders.stream(r.orderId()),
                (r, occasion) -> Gate.open(new CancelOrder(r.orderId(), r.reason(), Orders.asking(occasion))));
        internal = InternalCommandEndpoint.of(edge, handler, CancelOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("cancel-order")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("cancel-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
