package dev.storyline.contexts.orders;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/** Everything that is recorded in the stream of one order. */
public sealed interface OrderEvent extends OrdersEvent {
    /** The order. */
    OrderId orderId();

    /**
     * A customer has placed an order.
     *
     * @param lines one for each product, 1 to 90
     * @param net the sum of the net amounts of the lines
     * @param tax the sum of the taxes of the lines
     * @param gross what is to be paid
     * @param payBy until when it is to be paid
     */
    @EventType("OrderCreated")
    record OrderCreated(
            OrderId orderId,
            CustomerId customerId,
            List<ChargedLine> lines,
            Money net,
            Money tax,
            Money gross,
            Address deliveryAddress,
            Instant payBy)
            implements OrderEvent {}

    /** The stock of the order is set aside. */
    @EventType("OrderReserved")
    record OrderReserved(OrderId orderId) implements OrderEvent {}

    /**
     * The stock of the order is missing, so the order is cancelled.
     *
     * @param missing one for each product of which less was available
     */
    @EventType("OrderNotReserved")
    record OrderNotReserved(OrderId orderId, List<MissingProduct> missing) implements OrderEvent {}

    /** Money has come in for the order, once; perhaps after it was cancelled. */
    @EventType("OrderPaid")
    record OrderPaid(OrderId orderId, PaymentReference reference, Money amount) implements OrderEvent {}

    /** The order will not be shipped. */
    @EventType("OrderCancelled")
    record OrderCancelled(OrderId orderId, String reason) implements OrderEvent {
        /** The reason where no money came in time. */
        public static final String NOT_PAID = "not-paid";

        /** The reason where the stock was missing. */
        public static final String OUT_OF_STOCK = "out-of-stock";
    }

    /**
     * The warehouse has handed the goods to a carrier.
     *
     * @param lines one for each product
     */
    @EventType("OrderShipped")
    record OrderShipped(
            OrderId orderId, String carrier, String tracking, List<PricedLine> lines, Money net, Money tax, Money gross)
            implements OrderEvent {}

    /** The inventory has booked the goods out, so that they may come back from now on. */
    @EventType("GoodsLeft")
    record GoodsLeft(OrderId orderId) implements OrderEvent {}

    /**
     * Shipped goods came back.
     *
     * @param returnId 1 for the first return of the order, 2 for the second
     * @param lines what came back, one line for each product
     */
    @EventType("OrderReturned")
    record OrderReturned(
            OrderId orderId, int returnId, List<PricedLine> lines, Money net, Money tax, Money gross, String reason)
            implements OrderEvent {}

    /**
     * Money has gone back to the customer.
     *
     * @param reference names the refund, as {@link Orders#refund(PaymentReference)} does
     * @param reason {@code cancelled} or {@code returned}
     */
    @EventType("OrderRefunded")
    record OrderRefunded(OrderId orderId, String reference, Money amount, String reason) implements OrderEvent {
        /** The reason of a refund of what was paid for a cancelled order. */
        public static final String CANCELLED = "cancelled";

        /** The reason of a refund of what came back. */
        public static final String RETURNED = "returned";
    }
}
