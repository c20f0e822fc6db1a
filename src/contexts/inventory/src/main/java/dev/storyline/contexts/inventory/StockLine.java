package dev.storyline.contexts.inventory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A quantity of one product.
 *
 * @param productId the product
 * @param quantity the number of pieces
 */
public record StockLine(ProductId productId, long quantity) {
    /** The most lines of an order, so that its products fit one transaction with the order itself. */
    public static final int MOST_LINES = 90;

    /** The most pieces of a line. */
    public static final long MOST_PIECES = 1_000_000;

    /** Whether the line has 1 to 1,000,000 pieces. */
    public boolean inRange() {
        return quantity >= 1 && quantity <= MOST_PIECES;
    }

    /** One line for each product, in the order in which they are named first. The quantities of a product add up. */
    public static List<StockLine> oneEach(Collection<StockLine> lines) {
        Map<ProductId, Long> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.productId(), line.quantity(), Long::sum));
        return sums.entrySet().stream()
                .map(sum -> new StockLine(sum.getKey(), sum.getValue()))
                .toList();
    }
}
