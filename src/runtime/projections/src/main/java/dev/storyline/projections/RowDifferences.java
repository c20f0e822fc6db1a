package dev.storyline.projections;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two generations of a view differ.
 *
 * @param rows the rows of the old generation
 * @param changed how many of them differ in the new one
 * @param removed how many of them the new one lacks
 * @param added how many rows only the new one has
 * @param first the first differences that were found
 */
public record RowDifferences(long rows, long changed, long removed, long added, List<RowDifference> first) {
    public RowDifferences {
        first = List.copyOf(first);
    }

    /** The number of rows that differ. */
    public long count() {
        return changed + removed + added;
    }

    /**
     * One more row.
     *
     * @param old whether the old generation has it
     * @param difference how it differs; null if it does not
     * @param most how many differences are kept
     */
    RowDifferences with(boolean old, @Nullable RowDifference difference, int most) {
        if (difference == null) {
            return new RowDifferences(rows + (old ? 1 : 0), changed, removed, added, first);
        }
        List<RowDifference> more = new ArrayList<>(first);
        if (more.size() < most) {
            more.add(difference);
        }
        boolean whole = !difference.added() && !difference.removed();
        return new RowDifferences(
                rows + (old ? 1 : 0),
                changed + (whole ? 1 : 0),
                removed + (difference.removed() ? 1 : 0),
                added + (difference.added() ? 1 : 0),
                more);
    }
}
