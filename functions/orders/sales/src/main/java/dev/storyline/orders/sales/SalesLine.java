package dev.storyline.orders.sales;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;

/**
 * What was sold of one product in one currency.
 *
 * @param productId the product
 * @param pieces how many
 * @param net what they cost, without tax
 */
public record SalesLine(ProductId productId, long pieces, Money net) {}
