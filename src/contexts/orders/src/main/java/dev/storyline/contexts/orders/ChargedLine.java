package dev.storyline.contexts.orders;

import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * What a quantity of one product costs, and why.
 *
 * @param productId the product
 * @param quantity the number of pieces
 * @param price of one piece, without tax
 * @param taxRate the tax as a fraction of the net amount
 * @param net the price times the quantity, rounded once
 * @param tax the net amount times the tax rate, rounded once
 * @param gross the sum of both
 */
public record ChargedLine(
        ProductId productId, long quantity, Money price, BigDecimal taxRate, Money net, Money tax, Money gross) {
    /** The line of a price and a tax rate. All amounts are rounded to the digits of the currency. */
    public static ChargedLine of(ProductId product, long quantity, Money price, BigDecimal taxRate) {
        Money net = price.times(BigDecimal.valueOf(quantity));
        Money tax = net.times(taxRate);
        return new ChargedLine(product, quantity, price, taxRate, net, tax, net.plus(tax));
    }

    /** The line without the reasons of its amounts. */
    public PricedLine priced() {
        return new PricedLine(productId, quantity, net, tax, gross);
    }
}
