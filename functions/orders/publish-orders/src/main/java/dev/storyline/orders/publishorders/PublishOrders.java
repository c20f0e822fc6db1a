package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderEvent;
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Publishes what became of each order. It remembers whose the order is, which its first event tells. */
final class PublishOrders implements EventHandler<PublishOrders.State, OrderEvent> {
    /** Whose the order is; null before its first event. */
    record State(@Nullable CustomerId customerId) {}

    @Override
    public String name() {
        return "publish-orders";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Reaction<State> on(State state, Recorded<OrderEvent> event) {
        State next = event.event() instanceof OrderEvent.OrderCreated created ? new State(created.customerId()) : state;
        CustomerId customer = next.customerId();
        Record told = customer == null ? null : told(event, customer);
        return told == null ? Reaction.to(next) : Reaction.to(next, new Effect.Publish("order", told));
    }

    private static @Nullable Record told(Recorded<OrderEvent> event, CustomerId customer) {
        Instant at = event.at();
        return switch (event.event()) {
            case OrderEvent.OrderCreated created ->
                new OrderCreated(
                        created.orderId(),
                        customer,
                        created.lines().stream()
                                .map(line -> new OrderedProduct(line.productId(), line.quantity()))
                                .toList(),
                        created.gross(),
                        at);
            case OrderEvent.OrderPaid(var order, var reference, var amount) ->
                new OrderPaid(order, customer, reference.value(), amount, at);
            case OrderEvent.OrderCancelled(var order, var reason) -> new OrderCancelled(order, customer, reason, at);
            case OrderEvent.OrderShipped shipped ->
                new OrderShipped(
                        shipped.orderId(),
                        customer,
                        shipped.lines(),
                        shipped.net(),
                        shipped.tax(),
                        shipped.gross(),
                        at);
            case OrderEvent.OrderReturned back ->
                new OrderReturned(
                        back.orderId(),
                        customer,
                        back.returnId(),
                        back.lines(),
                        back.net(),
                        back.tax(),
                        back.gross(),
                        at);
            case OrderEvent.OrderRefunded(var order, var reference, var amount, var reason) ->
                new OrderRefunded(order, customer, reference, amount, reason, at);
            case OrderEvent.OrderReserved _, OrderEvent.OrderNotReserved _, OrderEvent.GoodsLeft _ -> null;
        };
    }
}
