package dev.storyline.contexts.orders;

import dev.storyline.kernel.Money;

/**
 * A quantity of one product, and the price that the customer has seen.
 *
 * @param productId the product
 * @param quantity the number of pieces
 * @param price of one piece, without tax
 */
public record WantedLine(ProductId productId, long quantity, Money price) {
    /** The most lines of an order, so that its products fit one transaction of the inventory. */
    public static final int MOST_LINES = 90;

    /** The most pieces of a line. */
    public static final long MOST_PIECES = 1_000_000;

    /** Whether so many pieces are a line: 1 to 1,000,000. */
    public static boolean inRange(long quantity) {
        return quantity >= 1 && quantity <= MOST_PIECES;
    }
}
