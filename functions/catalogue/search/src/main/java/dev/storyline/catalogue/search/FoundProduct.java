package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.Prices;
import dev.storyline.contexts.catalogue.ProductId;

/** The row of a product: what a hit shows of it. */
record FoundProduct(ProductId productId, String name, String category, Prices prices) {}
