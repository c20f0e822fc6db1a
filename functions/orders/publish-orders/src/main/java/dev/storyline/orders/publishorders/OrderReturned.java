package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.PricedLine;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * Products of a shipped order came back. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param returnId 1 for the first return of the order, 100 at most
 * @param lines what came back, one line for each product
 * @param net without tax
 * @param tax the tax
 * @param gross the sum of both
 * @param at the time at which it was recorded
 */
@EventType("OrderReturned")
record OrderReturned(
        OrderId orderId,
        CustomerId customerId,
        int returnId,
        List<PricedLine> lines,
        Money net,
        Money tax,
        Money gross,
        Instant at) {}
