package dev.storyline.orders.placeorder;

import dev.storyline.contexts.orders.Offer;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The endpoints of place-order. */
@Singleton
public class PlaceOrderFunction {
    private final HttpCommandEndpoint<PlaceOrderRequest, PlaceOrder> http;
    private final InternalCommandEndpoint<PlaceOrder> internal;

    public PlaceOrderFunction(Edge edge) {
        var handler = edge.creating(Orders.LANGUAGE, new PlaceOrderDecider());
        var gate = new PlaceOrderGatekeeper(
                edge.view("OFFER_TABLE", Offer.PROJECTION),
                Long.parseLong(edge.settings().require("PAYMENT_WITHIN")),
                Duration.ofSeconds(Long.parseLong(edge.settings().require("OLD_PRICE_HOLDS"))));
        http = HttpCommandEndpoint.beginning(
                        edge,
                        handler,
                        PlaceOrderRequest.class,
                        (r, key) -> Orders.stream(Orders.newOrder(r.customerId(), key)),
                        gate)
                .making("/orders/orders/{orderId}")
                .own(PlaceOrderRequest::customerId);
        internal = InternalCommandEndpoint.of(edge, handler, PlaceOrder.class, c -> Orders.stream(c.orderId()));
    }

    @Funq("place-order")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("place-order-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
