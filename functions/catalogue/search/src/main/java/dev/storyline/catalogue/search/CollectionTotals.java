package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What is known of all products together: a total. It is kept in 16 parts, so that products which are indexed at the
 * same time seldom wait for each other.
 *
 * @param products the products in the index
 * @param nameWords the words of their names
 * @param textWords the words of their descriptions and categories
 */
record CollectionTotals(long products, long nameWords, long textWords) {
    static final String PARTITION = "collection";

    /** The lengths of usual texts, where no others are known: 4 words in a name, 40 in a description. */
    static final CollectionTotals USUAL = new CollectionTotals(1, 4, 40);

    private static final CollectionTotals NONE = new CollectionTotals(0, 0, 0);
    private static final int PARTS = 16;

    /** The part in which a product counts. */
    static RowKey key(ProductId product) {
        return new RowKey(
                PARTITION, Integer.toString(Math.floorMod(product.value().hashCode(), PARTS)));
    }

    static CollectionTotals sum(List<CollectionTotals> parts) {
        CollectionTotals sum = NONE;
        for (CollectionTotals part : parts) {
            sum = new CollectionTotals(
                    sum.products() + part.products(),
                    sum.nameWords() + part.nameWords(),
                    sum.textWords() + part.textWords());
        }
        return sum;
    }

    /** What is added to get from others to these totals. */
    Map<String, BigDecimal> since(CollectionTotals others) {
        return Map.of(
                "products", BigDecimal.valueOf(products - others.products()),
                "nameWords", BigDecimal.valueOf(nameWords - others.nameWords()),
                "textWords", BigDecimal.valueOf(textWords - others.textWords()));
    }

    /** The words of a usual name. */
    double usualName() {
        return Math.max(1, nameWords) / (double) Math.max(1, products);
    }

    /** The words of a usual description with its category. */
    double usualText() {
        return Math.max(1, textWords) / (double) Math.max(1, products);
    }
}
