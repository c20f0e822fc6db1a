package dev.storyline.accounting.openitems;

import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
record OpenItemsQuery(@Nullable String after) {
    /** A page of the list. */
    OpenItems answer(View view, Clock clock) {
        RowPage<OpenRow> page = view.rows(OpenRow.PARTITION, Objects.requireNonNullElse(after, ""), OpenRow.class);
        LocalDate today = Ledger.day(clock.instant());
        return new OpenItems(page.rows().stream().map(row -> row.on(today)).toList(), page.next());
    }
}
