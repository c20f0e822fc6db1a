package dev.storyline.orders.cancelorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.orders.CustomerId;
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
import dev.storyline.contexts.orders.Orders;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** Cancels an order that was not shipped. What was paid goes back, and what was set aside is released. */
final class CancelOrderDecider implements Decider<CancelOrder, CancelOrderDecider.State, OrderEvent> {
    static final int LONGEST_REASON = 200;

    static final Rule ORDER_NOT_FOUND = Rule.unknown("order-not-found", "There is no order with this number.");
    static final Rule REASON_MISSING = Rule.forbids("reason-missing", "A cancellation says why.");
    static final Rule REASON_TOO_LONG = Rule.forbids("reason-too-long", "A reason has at most 200 characters.");
    static final Rule ALREADY_SHIPPED =
            Rule.forbids("already-shipped", "The order is on its way; it may be returned when it has come.");

    /**
     * An order.
     *
     * @param customerId whose it is; null before it was placed
     */
    record State(@Nullable CustomerId customerId, boolean cancelled, boolean shipped) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, false);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated created -> new State(created.customerId(), false, false);
            case OrderCancelled _ -> new State(state.customerId(), true, state.shipped());
            case OrderShipped _ -> new State(state.customerId(), state.cancelled(), true);
            case OrderReserved _, OrderNotReserved _, OrderPaid _, GoodsLeft _, OrderReturned _, OrderRefunded _ ->
                state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(CancelOrder command, State state) {
        if (!Orders.isVisible(state.customerId(), command.asking())) {
            return reject(ORDER_NOT_FOUND);
        }
        if (command.reason().isBlank()) {
            return reject(REASON_MISSING);
        }
        if (command.reason().codePointCount(0, command.reason().length()) > LONGEST_REASON) {
            return reject(REASON_TOO_LONG);
        }
        if (state.shipped()) {
            return reject(ALREADY_SHIPPED);
        }
        return state.cancelled() ? nothing() : accept(new OrderCancelled(command.orderId(), command.reason()));
    }
}
