package dev.storyline.accounting.trialbalance;

import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.Money;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The query. */
record TrialBalanceQuery() {
    /** The sums of all parts, 16 at most. */
    TrialBalance answer(View view) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Sums part : view.rows(Sums.PARTITION, "", Sums.class).rows()) {
            part.amounts().forEach((name, amount) -> sums.merge(name, amount, BigDecimal::add));
        }
        List<AccountBalance> accounts = sums.entrySet().stream()
                .map(sum -> balance(sum.getKey(), sum.getValue()))
                .toList();
        return new TrialBalance(
                accounts,
                Postings.balance(accounts.stream()
                        .map(account -> Posting.on(account.account(), account.balance()))
                        .toList()));
    }

    private static AccountBalance balance(String name, BigDecimal amount) {
        int space = name.indexOf(' ');
        return new AccountBalance(name.substring(0, space), new Money(amount, name.substring(space + 1)));
    }
}
