package dev.storyline.orders.placeorder;

import dev.storyline.contexts.orders.Address;
import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.WantedLine;
import java.util.List;

/**
 * The request of a client.
 *
 * @param customerId the customer
 * @param lines one for each product, 90 at most
 * @param deliveryAddress where the order goes
 */
public record PlaceOrderRequest(CustomerId customerId, List<WantedLine> lines, Address deliveryAddress) {}
