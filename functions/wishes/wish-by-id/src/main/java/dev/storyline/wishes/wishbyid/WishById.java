package dev.storyline.wishes.wishbyid;

import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param wishId which wish, from the path
 */
record WishById(WishId wishId) {
    /** The wish, or null if nobody made it. */
    @Nullable
    Wish answer(View view) {
        return view.row(Wish.key(wishId), Wish.class);
    }
}
