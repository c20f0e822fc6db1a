package dev.storyline.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of money. All contexts round by {@link #ROUNDING}, and no method mixes currencies.
 *
 * @param amount the exact amount; it may have more digits than the currency, as a price of an hour has
 * @param currency the ISO 4217 code of its currency
 */
public record Money(BigDecimal amount, String currency) {
    /** How an amount is rounded to the digits of its currency: half away from zero, as invoices are. */
    public static final RoundingMode ROUNDING = RoundingMode.HALF_UP;

    /** Drops trailing zeros, so that equal amounts are equal records. */
    public Money {
        BigDecimal bare = amount.stripTrailingZeros();
        amount = bare.setScale(Math.max(0, bare.scale()));
    }

    /** Nothing of a currency. */
    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** The digits after the point that a currency has: 2 for EUR, 0 for JPY, 3 for BHD. */
    public static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** Whether the amount can be paid: it has no more digits after the point than its currency. */
    public boolean isPayable() {
        return amount.scale() <= digits(currency);
    }

    /** The amount times a factor, rounded to the smallest unit of the currency. */
    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor).setScale(digits(currency), ROUNDING), currency);
    }

    /**
     * The sum of both amounts.
     *
     * @throws IllegalArgumentException for another currency
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency())) {
            throw new IllegalArgumentException("There is no sum of " + currency + " and " + other.currency());
        }
        return new Money(amount.add(other.amount()), currency);
    }

    /**
     * What is left of this amount without the other.
     *
     * @throws IllegalArgumentException for another currency
     */
    public Money minus(Money other) {
        return plus(other.negated());
    }

    /** The same amount in the other direction. */
    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** -1, 0 or 1 as the amount is negative, zero or positive. */
    public int signum() {
        return amount.signum();
    }
}
