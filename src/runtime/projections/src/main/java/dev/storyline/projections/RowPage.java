package dev.storyline.projections;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a partition, in the order of their sort keys.
 *
 * @param rows the rows
 * @param next the sort key after which the next page starts, or null if this is the last one
 */
public record RowPage<R>(List<R> rows, @Nullable String next) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
