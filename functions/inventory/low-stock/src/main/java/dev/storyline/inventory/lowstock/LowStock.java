package dev.storyline.inventory.lowstock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of which less is available than their reorder level.
 *
 * @param products in the order of their ids
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record LowStock(
        List<LowStockLine> products, @Nullable String next) {}
