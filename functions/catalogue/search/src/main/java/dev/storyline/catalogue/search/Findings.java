package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What the index has for a query.
 *
 * @param products the found products
 * @param exact whether these are all
 */
record Findings(Map<ProductId, Found> products, boolean exact) {
    /** A found product: its category, and its score with 4 digits after the point. */
    record Found(String category, BigDecimal score) {}
}
