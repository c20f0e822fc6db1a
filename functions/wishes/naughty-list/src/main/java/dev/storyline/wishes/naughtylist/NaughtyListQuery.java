package dev.storyline.wishes.naughtylist;

import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.Clock;
import java.util.Objects;

/** Serves the naughty list. It reads from the present on, so children whose naughtiness is over cost nothing. */
final class NaughtyListQuery {
    private final Clock clock;

    NaughtyListQuery(Clock clock) {
        this.clock = clock;
    }

    NaughtyList answer(NaughtyList.Query query, View view) {
        String from = Objects.requireNonNullElseGet(query.after(), () -> NaughtyChild.sort(clock.instant()) + "~");
        RowPage<NaughtyChild> page = view.rows(NaughtyChild.PARTITION, from, NaughtyChild.class);
        return new NaughtyList(page.rows(), page.next());
    }
}
