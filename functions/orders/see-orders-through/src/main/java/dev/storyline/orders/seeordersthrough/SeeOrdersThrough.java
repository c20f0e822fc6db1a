package dev.storyline.orders.seeordersthrough;

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
import dev.storyline.contexts.orders.PaymentReference;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the payment of each order until its deadline, and sends back the money for what is not delivered or came
 * back. Payment and cancellation may come in either order.
 */
final class SeeOrdersThrough implements EventHandler<SeeOrdersThrough.State, OrderEvent> {
    private static final String CANCEL_UNPAID = "cancel-unpaid";

    /**
     * An order.
     *
     * @param placed the version of the event that asked for the deadline
     * @param reference the payment; null before it was paid
     */
    record State(long placed, boolean cancelled, @Nullable PaymentReference reference) {}

    @Override
    public String name() {
        return "see-orders-through";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(0, false, null);
    }

    @Override
    public Reaction<State> on(State state, Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderCreated created ->
                Reaction.to(
                        new State(event.version(), state.cancelled(), state.reference()),
                        new Effect.DispatchAt(
                                CANCEL_UNPAID,
                                "cancel-unpaid-order",
                                event.stream(),
                                new CancelUnpaidOrder(created.orderId(), created.payBy()),
                                created.payBy()));
            case OrderPaid paid -> {
                State next = new State(state.placed(), state.cancelled(), paid.reference());
                yield state.cancelled()
                        ? Reaction.to(next, refund(event, Orders.refund(paid.reference())))
                        : Reaction.to(next, new Effect.TakeBack(CANCEL_UNPAID, state.placed()));
            }
            case OrderCancelled _ -> {
                State next = new State(state.placed(), true, state.reference());
                yield state.reference() == null
                        ? Reaction.to(next, new Effect.TakeBack(CANCEL_UNPAID, state.placed()))
                        : Reaction.to(next, refund(event, Orders.refund(state.reference())));
            }
            case OrderReturned back ->
                state.reference() == null || back.gross().signum() == 0
                        ? Reaction.to(state)
                        : Reaction.to(state, refund(event, Orders.refund(state.reference(), back.returnId())));
            case OrderReserved _, OrderNotReserved _, OrderShipped _, GoodsLeft _, OrderRefunded _ ->
                Reaction.to(state);
        };
    }

    private static Effect refund(Recorded<OrderEvent> event, String reference) {
        return new Effect.Dispatch(
                "refund",
                "refund-order",
                event.stream(),
                new RefundOrder(event.event().orderId(), reference));
    }
}
