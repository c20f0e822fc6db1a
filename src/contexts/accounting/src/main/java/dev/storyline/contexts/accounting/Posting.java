package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * An amount on one account.
 *
 * @param account one of {@link Account}
 * @param customerId the customer who owes it, on receivables; null on other accounts
 * @param amount a debit is positive, a credit negative
 */
public record Posting(String account, @Nullable CustomerId customerId, Money amount) {
    /** A posting on an account of nobody. */
    public static Posting on(String account, Money amount) {
        return new Posting(account, null, amount);
    }

    /** A posting on what a customer owes. */
    public static Posting owedBy(CustomerId customer, Money amount) {
        return new Posting(Account.RECEIVABLES, customer, amount);
    }

    /** The same amount on the other side. */
    public Posting negated() {
        return new Posting(account, customerId, amount.negated());
    }

    /** Whether it is on this account. */
    public boolean isOn(String other) {
        return account.equals(other);
    }
}
