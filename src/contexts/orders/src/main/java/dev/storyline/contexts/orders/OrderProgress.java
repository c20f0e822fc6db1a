package dev.storyline.contexts.orders;

import dev.storyline.contexts.orders.OrderEvent.GoodsLeft;
import dev.storyline.contexts.orders.OrderEvent.OrderCancelled;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderEvent.OrderNotReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderPaid;
import dev.storyline.contexts.orders.OrderEvent.OrderRefunded;
import dev.storyline.contexts.orders.OrderEvent.OrderReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderReturned;
import dev.storyline.contexts.orders.OrderEvent.OrderShipped;

/**
 * How far an order has come, folded from its stream. All views of orders show the same state.
 *
 * @param reserved whether its stock is or was set aside
 * @param paid whether money came in for it
 * @param shipped whether it was handed to a carrier
 * @param cancelled whether it was cancelled
 * @param refunded whether what was paid for the cancelled order went back
 * @param pieces the pieces that it wants
 * @param returned those of them that came back
 */
public record OrderProgress(
        boolean reserved,
        boolean paid,
        boolean shipped,
        boolean cancelled,
        boolean refunded,
        long pieces,
        long returned) {
    /** An order before its first event. */
    public static final OrderProgress NONE = new OrderProgress(false, false, false, false, false, 0, 0);

    /** The progress after one more event. */
    public OrderProgress after(OrderEvent event) {
        return switch (event) {
            case OrderCreated created ->
                new OrderProgress(
                        reserved,
                        paid,
                        shipped,
                        cancelled,
                        refunded,
                        created.lines().stream()
                                .mapToLong(ChargedLine::quantity)
                                .sum(),
                        returned);
            case OrderReserved _ -> new OrderProgress(true, paid, shipped, cancelled, refunded, pieces, returned);
            case OrderPaid _ -> new OrderProgress(reserved, true, shipped, cancelled, refunded, pieces, returned);
            case OrderCancelled _ -> new OrderProgress(reserved, paid, shipped, true, refunded, pieces, returned);
            case OrderShipped _ -> new OrderProgress(reserved, paid, true, cancelled, refunded, pieces, returned);
            case OrderReturned back ->
                new OrderProgress(
                        reserved,
                        paid,
                        shipped,
                        cancelled,
                        refunded,
                        pieces,
                        returned
                                + back.lines().stream()
                                        .mapToLong(PricedLine::quantity)
                                        .sum());
            case OrderRefunded _ -> new OrderProgress(reserved, paid, shipped, cancelled, cancelled, pieces, returned);
            case OrderNotReserved _, GoodsLeft _ -> this;
        };
    }

    /**
     * The state in one word: {@code placed}, {@code reserved}, {@code paid}, {@code shipped}, {@code returned} if
     * everything came back, {@code cancelled}, or {@code refunded} if it was cancelled and the money went back.
     */
    public String state() {
        if (cancelled) {
            return refunded ? "refunded" : "cancelled";
        }
        if (shipped) {
            return returned == pieces ? "returned" : "shipped";
        }
        if (paid) {
            return "paid";
        }
        return reserved ? "reserved" : "placed";
    }
}
