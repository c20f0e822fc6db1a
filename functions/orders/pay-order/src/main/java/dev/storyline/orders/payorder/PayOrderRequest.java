package dev.storyline.orders.payorder;

import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.PaymentReference;
import dev.storyline.kernel.Money;

/**
 * The request of a client.
 *
 * @param orderId the order, from the path
 * @param reference names the payment
 * @param amount what was paid
 */
public record PayOrderRequest(OrderId orderId, PaymentReference reference, Money amount) {}
