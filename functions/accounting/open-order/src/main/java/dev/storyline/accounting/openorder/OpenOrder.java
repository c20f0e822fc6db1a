package dev.storyline.accounting.openorder;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.OrderId;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * A customer has placed an order.
 *
 * @param orderId the order
 * @param customerId who is to pay it
 * @param gross what it costs with tax
 * @param at when it was placed
 */
public record OpenOrder(OrderId orderId, CustomerId customerId, Money gross, Instant at) {}
