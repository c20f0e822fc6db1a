package dev.storyline.projections;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a partition, in the order of their sort keys.
 *
 * @param rows the rows
 * @param next the sort key after which the next page starts; null on the last page
 */
public record RowPage<R>(List<R> rows, @Nullable String next) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
