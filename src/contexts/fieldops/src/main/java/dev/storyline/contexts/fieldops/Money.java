package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of money.
 *
 * @param amount the exact amount
 * @param currency the ISO 4217 code of its currency
 */
public record Money(BigDecimal amount, String currency) {
    /** Drops trailing zeros, so that equal amounts are equal records. */
    public Money {
        BigDecimal bare = amount.stripTrailingZeros();
        amount = bare.setScale(Math.max(0, bare.scale()));
    }

    /** The amount times a factor, rounded half up to the smallest unit of the currency. */
    public Money times(BigDecimal factor) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return new Money(amount.multiply(factor).setScale(digits, RoundingMode.HALF_UP), currency);
    }

    /** The sum of both amounts. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency())) {
            throw new IllegalArgumentException("There is no sum of " + currency + " and " + other.currency());
        }
        return new Money(amount.add(other.amount()), currency);
    }
}
