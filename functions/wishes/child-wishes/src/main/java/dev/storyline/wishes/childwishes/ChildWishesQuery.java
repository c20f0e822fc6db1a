package dev.storyline.wishes.childwishes;

import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Serves one child's wishes: one read of the child's own row, one of its wishes. */
final class ChildWishesQuery {
    private ChildWishesQuery() {}

    /** The child's wishes, or null for a child without a recorded event. */
    static @Nullable ChildWishes answer(ChildWishes.Query query, View view) {
        StreamId stream = Wishes.stream(query.childId());
        StreamPosition head = view.head(stream);
        if (head.position() == 0) {
            return null;
        }
        RowPage<ChildWishes.Wish> page =
                view.rows(stream.toString(), Objects.requireNonNullElse(query.after(), ""), ChildWishes.Wish.class);
        ChildWishes.Child child = head.own(ChildWishes.Child.class);
        return new ChildWishes(
                query.childId(),
                page.rows(),
                child == null ? null : child.naughtyUntil(),
                child == null ? null : child.bannedUntil(),
                stream.toString(),
                head.position(),
                page.next());
    }
}
