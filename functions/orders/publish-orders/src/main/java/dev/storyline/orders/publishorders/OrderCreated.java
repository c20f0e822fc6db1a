package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * A customer has placed an order. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param lines one for each product, 90 at most
 * @param gross what is to be paid
 * @param at the time at which it was recorded
 */
@EventType("OrderCreated")
record OrderCreated(OrderId orderId, CustomerId customerId, List<OrderedProduct> lines, Money gross, Instant at) {}
