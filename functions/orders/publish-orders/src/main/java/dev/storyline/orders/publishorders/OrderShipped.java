package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.PricedLine;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * Everything that an order wanted is on its way. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param lines one for each product, 90 at most
 * @param net without tax
 * @param tax the tax
 * @param gross the sum of both
 * @param at the time at which it was recorded
 */
@EventType("OrderShipped")
record OrderShipped(
        OrderId orderId,
        CustomerId customerId,
        List<PricedLine> lines,
        Money net,
        Money tax,
        Money gross,
        Instant at) {}
