package dev.storyline.wishes.naughtylist;

import dev.storyline.contexts.wishes.NaughtyChild;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The children who are naughty now, in the order in which their naughtiness ends.
 *
 * @param children the children with the end of their naughtiness
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record NaughtyList(
        List<NaughtyChild> children, @Nullable String next) {
    /**
     * The query.
     *
     * @param after the {@code next} of the page before; null for the first page
     */
    record Query(@Nullable String after) {}
}
