package dev.storyline.orders.payorder;

import static dev.storyline.kernel.AtomicDecision.atHome;
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
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.contexts.orders.PaymentEvent;
import dev.storyline.contexts.orders.PaymentEvent.PaymentReceived;
import dev.storyline.contexts.orders.PaymentReference;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one payment for an order, whatever has become of it: the money is there. The order's stream knows what is to be
 * paid, and the stream of the payment which order it belongs to; both are recorded at once, so a payment belongs to one
 * order.
 */
final class PayOrderDecider
        implements AtomicDecider<PayOrder, PayOrderDecider.State, OrderEvent, PayOrderDecider.Payment, PaymentEvent> {
    static final int LONGEST_REFERENCE = 100;

    static final Rule ORDER_NOT_FOUND = Rule.unknown("order-not-found", "There is no order with this number.");
    static final Rule REFERENCE_TOO_LONG =
            Rule.forbids("reference-too-long", "The reference of a payment has at most 100 characters.");
    static final Rule WRONG_CURRENCY =
            Rule.forbids("wrong-currency", "An order is paid in the currency of its prices.");
    static final Rule WRONG_AMOUNT = Rule.forbids("wrong-amount", "An order is paid at once, with its gross amount.");
    static final Rule ALREADY_PAID = Rule.forbids("already-paid", "The order was paid with another payment.");
    static final Rule PAYMENT_REFERENCE_USED =
            Rule.forbids("payment-reference-used", "The payment belongs to another order.");

    /**
     * An order.
     *
     * @param customerId whose it is; null before it was placed
     * @param gross what is to be paid; null before it was placed
     * @param reference the payment; null before it was paid
     */
    record State(
            @Nullable CustomerId customerId,
            @Nullable Money gross,
            @Nullable PaymentReference reference) {}

    /** The order that a payment belongs to; null for a new payment. */
    record Payment(@Nullable OrderId orderId) {
        static final Fold<Payment, PaymentEvent> FOLD = new Fold<>() {
            @Override
            public Class<PaymentEvent> folds() {
                return PaymentEvent.class;
            }

            @Override
            public Payment initialState() {
                return new Payment(null);
            }

            @Override
            public Payment evolve(Payment payment, PaymentEvent event) {
                return switch (event) {
                    case PaymentReceived received -> new Payment(received.orderId());
                };
            }
        };
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, null);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated created -> new State(created.customerId(), created.gross(), null);
            case OrderPaid paid -> new State(state.customerId(), state.gross(), paid.reference());
            case OrderReserved _,
                    OrderNotReserved _,
                    OrderCancelled _,
                    OrderShipped _,
                    GoodsLeft _,
                    OrderReturned _,
                    OrderRefunded _ -> state;
        };
    }

    @Override
    public Fold<Payment, PaymentEvent> other() {
        return Payment.FOLD;
    }

    /** What the order's own stream forbids, or has recorded already, needs no look at the payment. */
    @Override
    public Set<StreamId> others(PayOrder command, State state) {
        return broken(command, state) == null && state.reference() == null
                ? Set.of(Orders.stream(command.reference()))
                : Set.of();
    }

    @Override
    public AtomicDecision<OrderEvent, PaymentEvent> decide(
            PayOrder command, State state, Map<StreamId, Payment> payments) {
        Rule broken = broken(command, state);
        if (broken != null) {
            return atHome(reject(broken));
        }
        if (state.reference() != null) {
            return atHome(nothing());
        }
        StreamId stream = Orders.stream(command.reference());
        if (Objects.requireNonNull(payments.get(stream)).orderId() != null) {
            return atHome(reject(PAYMENT_REFERENCE_USED));
        }
        return new AtomicDecision<>(
                accept(new OrderPaid(command.orderId(), command.reference(), command.amount())),
                Map.of(stream, List.of(new PaymentReceived(command.reference(), command.orderId()))));
    }

    /** What forbids the command whatever the payment is used for. */
    private static @Nullable Rule broken(PayOrder command, State state) {
        Money gross = state.gross();
        if (gross == null || !Orders.isVisible(state.customerId(), command.asking())) {
            return ORDER_NOT_FOUND;
        }
        if (command.reference().value().length() > LONGEST_REFERENCE) {
            return REFERENCE_TOO_LONG;
        }
        if (!command.amount().currency().equals(gross.currency())) {
            return WRONG_CURRENCY;
        }
        if (!command.amount().equals(gross)) {
            return WRONG_AMOUNT;
        }
        return state.reference() == null || state.reference().equals(command.reference()) ? null : ALREADY_PAID;
    }
}
