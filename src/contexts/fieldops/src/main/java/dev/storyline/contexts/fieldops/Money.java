package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of money.
 *
 * @param amount how much, exact
 * @param currency the ISO 4217 code of its currency
 */
public record Money(BigDecimal amount, String currency) {
    /** Amounts that are equal are the same, whatever zeros they were written with. */
    public Money {
        BigDecimal bare = amount.stripTrailingZeros();
        amount = bare.setScale(Math.max(0, bare.scale()));
    }

    /** So many times as much, rounded half up to what the currency can be paid in. */
    public Money times(BigDecimal factor) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return new Money(amount.multiply(factor).setScale(digits, RoundingMode.HALF_UP), currency);
    }

    /** Both together. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency())) {
            throw new IllegalArgumentException("There is no sum of " + currency + " and " + other.currency());
        }
        return new Money(amount.add(other.amount()), currency);
    }
}
