package dev.storyline.orders.placeorder;

import dev.storyline.contexts.orders.Address;
import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.WantedLine;
import java.time.Instant;
import java.util.List;

/**
 * A customer places an order.
 *
 * @param orderId the order
 * @param customerId the customer
 * @param lines what the customer wants, at the prices that the customer has seen
 * @param deliveryAddress where the order goes
 * @param offers the offered ones of the products, as the gatekeeper saw them; they may be a moment old
 * @param payWithin how many seconds the order waits for its payment
 * @param at the time of the command
 */
public record PlaceOrder(
        OrderId orderId,
        CustomerId customerId,
        List<WantedLine> lines,
        Address deliveryAddress,
        List<OfferedProduct> offers,
        long payWithin,
        Instant at) {}
