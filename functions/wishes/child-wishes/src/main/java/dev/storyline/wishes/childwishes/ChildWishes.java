package dev.storyline.wishes.childwishes;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one child wished for.
 *
 * @param childId who
 * @param wishes in the order they were made
 * @param naughtyUntil the end of the child's latest naughtiness, or null
 * @param bannedUntil the end of the latest ban, or null
 * @param stream the child's stream
 * @param version how far the view has come in it
 * @param next where there are more wishes than one answer holds: what to pass as {@code after} for the next ones
 */
public record ChildWishes(
        ChildId childId,
        List<Wish> wishes,
        @Nullable Instant naughtyUntil,
        @Nullable Instant bannedUntil,
        String stream,
        long version,
        @Nullable String next) {
    /**
     * One wish.
     *
     * @param wishId which
     * @param wish what for
     * @param state {@code open}, {@code fulfilled}, {@code cancelled} or {@code rejected}
     * @param reason why it was rejected, or null
     */
    public record Wish(
            WishId wishId,
            String wish,
            String state,
            @Nullable String reason) {}

    /**
     * The child's own row.
     *
     * @param naughtyUntil the end of the child's latest naughtiness, or null
     * @param bannedUntil the end of the latest ban, or null
     */
    record Child(@Nullable Instant naughtyUntil, @Nullable Instant bannedUntil) {}

    /**
     * The query.
     *
     * @param childId who, from the path
     * @param after where the last page ended; missing for the first
     */
    record Query(ChildId childId, @Nullable String after) {}
}
