package dev.storyline.contexts.wishes;

import dev.storyline.kernel.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * One wish as it stands: written by the slice wish-by-id, also read by fulfil-wish, which knows a wish by its id alone.
 *
 * @param wishId the wish
 * @param childId the child
 * @param wish the text of the wish
 * @param state {@code open}, {@code fulfilled}, {@code cancelled} or {@code rejected}
 * @param reason why it was rejected, or null
 */
public record Wish(
        WishId wishId,
        ChildId childId,
        String wish,
        String state,
        @Nullable String reason) {
    /** The declared name of the projection that writes it. */
    public static final String PROJECTION = "wish-by-id";

    /** The key of the row of a wish. */
    public static RowKey key(WishId wish) {
        return new RowKey("wish#" + wish.value(), "wish");
    }
}
