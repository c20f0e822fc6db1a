package dev.storyline.accounting.closeorder;

import dev.storyline.contexts.accounting.OrderId;

/**
 * An order was cancelled.
 *
 * @param orderId the order
 */
public record CloseOrder(OrderId orderId) {}
