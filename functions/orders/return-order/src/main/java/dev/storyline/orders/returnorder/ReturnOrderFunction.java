package dev.storyline.orders.returnorder;

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

/** The endpoints of return-order. */
@Singleton
public class ReturnOrderFunction {
    private final HttpCommandEndpoint<ReturnOrderRequest, ReturnOrder> http;
    private final InternalCommandEndpoint<ReturnOrder> internal;

    public ReturnOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new ReturnOrderDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                ReturnOrderRequest.class,
                r -> Orders.stream(r.orderId()),
                (r, occasion) ->
                        Gate.open(new ReturnOrder(r.orderId(), r.lines(), r.reason(), Orders.asking(occasion))));
        internal = InternalCommandEndpoint.of(edge, handler, ReturnOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("return-order")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("return-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
