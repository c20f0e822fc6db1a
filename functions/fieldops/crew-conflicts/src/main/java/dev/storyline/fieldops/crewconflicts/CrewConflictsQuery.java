package dev.storyline.fieldops.crewconflicts;

import dev.storyline.kernel.Bounds;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param state {@code open}, {@code settled} or {@code released}; null for those that are open
 * @param after the {@code next} of the page before; null for the first page
 */
record CrewConflictsQuery(
        @Bounds(oneOf = {ConflictingJobs.OPEN, ConflictingJobs.SETTLED, ConflictingJobs.RELEASED}) @Nullable
        String state,

        @Nullable String after) {
    /** The conflicts; none if there are none in this state. */
    CrewConflicts answer(View view) {
        String of = Objects.requireNonNullElse(state, ConflictingJobs.OPEN);
        RowPage<ConflictingJobs> page =
                view.rows(ConflictingJobs.partition(of), Objects.requireNonNullElse(after, ""), ConflictingJobs.class);
        return new CrewConflicts(of, page.rows(), page.next());
    }
}
