package dev.storyline.orders.payorder;

import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.PaymentReference;
import dev.storyline.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money comes in for an order.
 *
 * @param orderId the order
 * @param reference names the payment
 * @param amount what was paid
 * @param asking the customer who asks; null if the order may be anybody's
 */
public record PayOrder(
        OrderId orderId,
        PaymentReference reference,
        Money amount,
        @Nullable String asking) {}
