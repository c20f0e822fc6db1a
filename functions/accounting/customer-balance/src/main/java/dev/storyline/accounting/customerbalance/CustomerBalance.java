package dev.storyline.accounting.customerbalance;

import dev.storyline.contexts.accounting.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one customer owes.
 *
 * @param customerId the customer
 * @param asOf the last day of the facts that count; null if all do
 * @param knownAt the time until which they were recorded; null if all count
 * @param balances one for each currency, in the order of the codes
 */
public record CustomerBalance(
        CustomerId customerId,
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt,
        List<CurrencyBalance> balances) {}
