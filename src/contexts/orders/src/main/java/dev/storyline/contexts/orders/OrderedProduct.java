package dev.storyline.contexts.orders;

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
public record OrderedProduct(ProductId productId, long quantity) {
    /** One for each product, in the order in which they are named first. The quantities of a product add up. */
    public static List<OrderedProduct> oneEach(Collection<OrderedProduct> all) {
        Map<ProductId, Long> sums = new LinkedHashMap<>();
        all.forEach(one -> sums.merge(one.productId(), one.quantity(), Long::sum));
        return sums.entrySet().stream()
                .map(sum -> new OrderedProduct(sum.getKey(), sum.getValue()))
                .toList();
    }
}
