package dev.storyline.orders.payorder;

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

/** The endpoints of pay-order. */
@Singleton
public class PayOrderFunction {
    private final HttpCommandEndpoint<PayOrderRequest, PayOrder> http;
    private final InternalCommandEndpoint<PayOrder> internal;

    public PayOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new PayOrderDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                PayOrderRequest.class,
                r -> Orders.stream(r.orderId()),
                (r, occasion) ->
                        Gate.open(new PayOrder(r.orderId(), r.reference(), r.amount(), Orders.asking(occasion))));
        internal = InternalCommandEndpoint.of(edge, handler, PayOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("pay-order")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("pay-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
