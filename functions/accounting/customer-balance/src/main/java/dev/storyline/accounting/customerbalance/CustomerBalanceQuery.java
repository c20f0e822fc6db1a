package dev.storyline.accounting.customerbalance;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param customerId the customer, from the path
 * @param asOf the last day of the facts that count; null for all
 * @param knownAt the time until which they were recorded; null for all
 */
record CustomerBalanceQuery(
        CustomerId customerId,
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt) {
    /** Nobody has this id: a token is for one person, and a collective customer is none. */
    private static final CustomerId NOBODY = new CustomerId("region:");

    /** The person who may ask. */
    CustomerId owner() {
        return customerId.isCollective() ? NOBODY : customerId;
    }

    /** The balance, or null for a customer without entries. It reads a row for each entry of the customer until the day. */
    @Nullable
    CustomerBalance answer(View view) {
        Map<String, CurrencyBalance> balances = new TreeMap<>();
        boolean known = false;
        String position = "";
        while (position != null) {
            RowPage<OwedLine> page = view.rows(OwedLine.partition(customerId), position, OwedLine.class);
            known |= !page.rows().isEmpty();
            page.rows().stream().filter(this::counts).forEach(line -> {
                String currency = line.owed().currency();
                balances.put(
                        currency,
                        Objects.requireNonNullElseGet(balances.get(currency), () -> CurrencyBalance.none(currency))
                                .with(line));
            });
            position = isBeyond(page.rows()) ? null : page.next();
        }
        return known ? new CustomerBalance(customerId, asOf, knownAt, List.copyOf(balances.values())) : null;
    }

    private boolean counts(OwedLine line) {
        return (asOf == null || !line.effectiveOn().isAfter(asOf))
                && (knownAt == null || !line.recordedAt().isAfter(knownAt));
    }

    /** The lines are in the order of their days. */
    private boolean isBeyond(List<OwedLine> lines) {
        return asOf != null && !lines.isEmpty() && lines.getLast().effectiveOn().isAfter(asOf);
    }
}
