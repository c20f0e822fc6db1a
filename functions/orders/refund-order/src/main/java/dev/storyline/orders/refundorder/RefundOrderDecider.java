package dev.storyline.orders.refundorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

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
import dev.storyline.kernel.Money;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refunds what is due under a reference: once, and nothing that is not due. */
final class RefundOrderDecider implements Decider<RefundOrder, RefundOrderDecider.State, OrderEvent> {
    /** An amount that is to go back, and why. */
    record Due(Money amount, String reason) {}

    /**
     * An order.
     *
     * @param paid the payment; null before it was paid
     * @param due what is to go back, by the reference of the refund
     */
    record State(@Nullable OrderPaid paid, boolean cancelled, Map<String, Due> due) {
        /** What was paid for a cancelled order goes back, whichever of both came first. */
        static State of(@Nullable OrderPaid paid, boolean cancelled, Map<String, Due> due) {
            return cancelled && paid != null
                    ? new State(
                            paid,
                            true,
                            with(due, Orders.refund(paid.reference()), new Due(paid.amount(), OrderRefunded.CANCELLED)))
                    : new State(paid, cancelled, due);
        }

        State after(OrderReturned back) {
            return paid == null
                    ? this
                    : new State(
                            paid,
                            cancelled,
                            with(
                                    due,
                                    Orders.refund(paid.reference(), back.returnId()),
                                    new Due(back.gross(), OrderRefunded.RETURNED)));
        }

        State without(String reference) {
            Map<String, Due> less = new HashMap<>(due);
            less.remove(reference);
            return new State(paid, cancelled, less);
        }

        private static Map<String, Due> with(Map<String, Due> due, String reference, Due one) {
            Map<String, Due> more = new HashMap<>(due);
            more.put(reference, one);
            return more;
        }
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, Map.of());
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderPaid paid -> State.of(paid, state.cancelled(), state.due());
            case OrderCancelled _ -> State.of(state.paid(), true, state.due());
            case OrderReturned back -> state.after(back);
            case OrderRefunded refunded -> state.without(refunded.reference());
            case OrderCreated _, OrderReserved _, OrderNotReserved _, OrderShipped _, GoodsLeft _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(RefundOrder command, State state) {
        Due due = state.due().get(command.reference());
        return due == null
                ? nothing()
                : accept(new OrderRefunded(command.orderId(), command.reference(), due.amount(), due.reason()));
    }
}
