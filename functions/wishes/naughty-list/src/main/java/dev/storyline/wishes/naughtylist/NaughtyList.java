package dev.storyline.wishes.naughtylist;

import dev.storyline.contexts.wishes.NaughtyChild;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is naughty now, those who are it shortest first.
 *
 * @param children who and until when
 * @param next where there are more children than one answer holds: what to pass as {@code after} for the next ones
 */
public record NaughtyList(
        List<NaughtyChild> children, @Nullable String next) {
    /**
     * The query.
     *
     * @param after where the last page ended; missing for the first
     */
    record Query(@Nullable String after) {}
}
