package dev.storyline.contexts.orders;

import dev.storyline.kernel.Money;

/**
 * What a quantity of one product costs.
 *
 * @param productId the product
 * @param quantity the number of pieces
 * @param net without tax
 * @param tax the tax
 * @param gross the sum of both
 */
public record PricedLine(ProductId productId, long quantity, Money net, Money tax, Money gross) {}
