package dev.storyline.edge;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The page that a client asks for, of a list that its handler puts in an order of its own. Such a list is no partition of
 * the view, so its handler says itself where a page ends.
 *
 * @param rows the most elements; {@link Integer#MAX_VALUE} without a {@code limit}
 * @param position where the page before ended, as the handler said it; null for the first page
 * @param cursors makes a cursor of a position
 */
public record RankedPage(int rows, @Nullable String position, UnaryOperator<String> cursors) {
    /** The most elements that the client asks for, or this number if it does not say. */
    public int rowsOr(int usual) {
        return rows == Integer.MAX_VALUE ? usual : rows;
    }

    /** The {@code next} of an answer whose page ends at this position. */
    public String next(String last) {
        return cursors.apply(last);
    }
}
