package dev.storyline.orders.sales;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param day the day, in UTC; null for today
 * @param after the {@code next} of the page before; null for the first page
 */
record SalesQuery(@Nullable LocalDate day, @Nullable String after) {
    /**
     * The totals of a product in a currency on a day.
     *
     * @param place the sort key of the row, which names product and currency: a total has no fields but its sums
     */
    record Totals(@JsonProperty("sk") String place, BigDecimal pieces, BigDecimal net) {
        SalesLine line() {
            int hash = place.indexOf('#');
            return new SalesLine(
                    new ProductId(place.substring(0, hash)),
                    pieces.longValueExact(),
                    new Money(net, place.substring(hash + 1)));
        }
    }

    /** A page of the list. What was sold and came back altogether is left out. */
    Sales answer(View view, Clock clock) {
        LocalDate of = day == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : day;
        RowPage<Totals> page =
                view.rows(SalesProjection.partition(of), Objects.requireNonNullElse(after, ""), Totals.class);
        return new Sales(
                of,
                page.rows().stream()
                        .filter(totals -> totals.pieces().signum() != 0)
                        .map(Totals::line)
                        .toList(),
                page.next());
    }
}
