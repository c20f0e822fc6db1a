package dev.storyline.orders.openorders;

import dev.storyline.contexts.orders.OrderEvent;
import dev.storyline.contexts.orders.OrderEvent.GoodsLeft;
import dev.storyline.contexts.orders.OrderEvent.OrderCancelled;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderEvent.OrderNotReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderPaid;
import dev.storyline.contexts.orders.OrderEvent.OrderRefunded;
import dev.storyline.contexts.orders.OrderEvent.OrderReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderReturned;
import dev.storyline.contexts.orders.OrderEvent.OrderShipped;
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order has a row from the moment at which it is both paid and reserved until it is shipped or cancelled. */
final class OpenOrdersProjection implements Projection<OpenOrdersProjection.State, OrderEvent> {
    /**
     * An order.
     *
     * @param order null before it was placed, and when it is shipped or cancelled
     */
    record State(@Nullable OpenOrder order, boolean reserved, boolean paid) {
        boolean open() {
            return order != null && reserved && paid;
        }
    }

    @Override
    public String name() {
        return "open-orders";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, false);
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        State next = switch (event.event()) {
            case OrderCreated created -> new State(order(created, event.at()), false, false);
            case OrderReserved _ -> new State(state.order(), true, state.paid());
            case OrderPaid _ -> new State(state.order(), state.reserved(), true);
            case OrderShipped _, OrderCancelled _ -> new State(null, state.reserved(), state.paid());
            case OrderNotReserved _, GoodsLeft _, OrderReturned _, OrderRefunded _ -> state;
        };
        Step<State> step = Step.to(next);
        if (next.order() != null && next.open() && !state.open()) {
            return step.put(next.order().key(), next.order());
        }
        return state.order() != null && state.open() && !next.open()
                ? step.remove(state.order().key())
                : step;
    }

    private static OpenOrder order(OrderCreated created, Instant at) {
        return new OpenOrder(
                created.orderId(),
                at,
                created.lines().stream()
                        .map(line -> new OrderedProduct(line.productId(), line.quantity()))
                        .toList(),
                created.deliveryAddress());
    }
}
