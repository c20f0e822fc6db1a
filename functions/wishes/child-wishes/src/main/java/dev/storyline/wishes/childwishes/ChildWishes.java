package dev.storyline.wishes.childwishes;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wishes of one child.
 *
 * @param childId the child
 * @param wishes in the order they were made
 * @param naughtyUntil the end of the child's latest naughtiness, or null
 * @param bannedUntil the end of the latest ban, or null
 * @param stream the child's stream
 * @param version the version of the last event of the stream that the view shows
 * @param next the {@code after} of the query for the next page; null on the last page
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
     * @param wishId the wish
     * @param wish the text of the wish
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
     * @param childId the child, from the path
     * @param after the {@code next} of the page before; null for the first page
     */
    record Query(ChildId childId, @Nullable String after) {}
}
