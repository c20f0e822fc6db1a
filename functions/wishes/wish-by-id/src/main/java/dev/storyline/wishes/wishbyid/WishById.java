package dev.storyline.wishes.wishbyid;

import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param wishId the wish, from the path
 */
record WishById(WishId wishId) {
    /** The stream of the child whose wish it is, or null if there is no such wish. */
    @Nullable
    StreamId stream(View view) {
        Wish wish = answer(view);
        return wish == null ? null : Wishes.stream(wish.childId());
    }

    /** The wish, or null if there is no such wish. */
    @Nullable
    Wish answer(View view) {
        return view.row(Wish.key(wishId), Wish.class);
    }
}
