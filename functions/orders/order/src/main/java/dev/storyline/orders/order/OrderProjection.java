package dev.storyline.orders.order;

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
import dev.storyline.contexts.orders.OrderProgress;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import org.jspecify.annotations.Nullable;

/** An order's own row is the order itself. */
final class OrderProjection implements Projection<OrderProjection.State, OrderEvent> {
    /** The order so far; null before it was placed. */
    record State(@Nullable Order order, OrderProgress progress) {}

    @Override
    public String name() {
        return "order";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, OrderProgress.NONE);
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        OrderProgress progress = state.progress().after(event.event());
        Order order = event.event() instanceof OrderCreated created ? Order.of(created, event.at()) : state.order();
        if (order == null) {
            return Step.to(new State(null, progress));
        }
        Order next = after(order, event.event()).as(progress);
        return Step.to(new State(next, progress)).putOwn(next);
    }

    private static Order after(Order order, OrderEvent event) {
        return switch (event) {
            case OrderPaid paid -> order.paidBy(paid.reference());
            case OrderNotReserved not -> order.missing(not.missing());
            case OrderCancelled cancelled -> order.cancelled(cancelled.reason());
            case OrderShipped shipped -> order.shipped(shipped.carrier(), shipped.tracking());
            case OrderReturned back -> order.returned(back.lines());
            case OrderRefunded refunded -> order.refunded(refunded.amount());
            case OrderCreated _, OrderReserved _, GoodsLeft _ -> order;
        };
    }
}
