package dev.storyline.orders.openorders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The orders that are to be shipped.
 *
 * @param orders the oldest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record OpenOrders(List<OpenOrder> orders, @Nullable String next) {}
