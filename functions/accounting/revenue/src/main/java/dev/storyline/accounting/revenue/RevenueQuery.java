package dev.storyline.accounting.revenue;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.edge.Problem;
import dev.storyline.kernel.Money;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param month the month, {@code 2026-11}; null for the present one
 */
record RevenueQuery(@Nullable String month) {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    /** The sums of all parts of the month, 16 at most. */
    Revenue answer(View view, Clock clock) {
        if (month != null && !MONTH.matcher(month).matches()) {
            throw Problem.malformed("query", "month", "must be a month, like 2026-11");
        }
        String of = Objects.requireNonNullElseGet(
                month, () -> YearMonth.from(Ledger.day(clock.instant())).toString());
        Map<String, BigDecimal> sums = new HashMap<>();
        TreeSet<String> currencies = new TreeSet<>();
        for (MonthSums part :
                view.rows(MonthSums.partition(of), "", MonthSums.class).rows()) {
            part.amounts().forEach((name, amount) -> {
                sums.merge(name, amount, BigDecimal::add);
                currencies.add(name.substring(0, name.indexOf(' ')));
            });
        }
        List<CurrencyRevenue> revenues = currencies.stream()
                .map(currency -> new CurrencyRevenue(
                        currency,
                        sum(sums, currency, Account.REVENUE).negated(),
                        sum(sums, currency, Account.TAX).negated(),
                        sum(sums, currency, Account.WRITE_OFFS)))
                .toList();
        return new Revenue(of, revenues);
    }

    private static Money sum(Map<String, BigDecimal> sums, String currency, String account) {
        return new Money(
                Objects.requireNonNullElse(sums.get(MonthSums.name(currency, account)), BigDecimal.ZERO), currency);
    }
}
