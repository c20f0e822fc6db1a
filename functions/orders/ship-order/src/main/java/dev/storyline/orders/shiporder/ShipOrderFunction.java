package dev.storyline.orders.shiporder;

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

/** The endpoints of ship-order. */
@Singleton
public class ShipOrderFunction {
    private final HttpCommandEndpoint<ShipOrder, ShipOrder> http;
    private final InternalCommandEndpoint<ShipOrder> internal;

    public ShipOrderFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new ShipOrderDecider());
        http = HttpCommandEndpoint.of(
                edge, handler, ShipOrder.class, r -> Orders.stream(r.orderId()), (r, occasion) -> Gate.open(r));
        internal = InternalCommandEndpoint.of(edge, handler, ShipOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("ship-order")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("ship-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
