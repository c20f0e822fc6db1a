package dev.storyline.accounting.customerbalance;

import dev.storyline.kernel.Money;

/**
 * What a customer owes in one currency.
 *
 * @param currency the code of the currency
 * @param charges what was sold and billed, without what came back or was written off
 * @param payments what the customer paid
 * @param refunds what was paid back
 * @param balance charges without payments, and with refunds
 */
public record CurrencyBalance(String currency, Money charges, Money payments, Money refunds, Money balance) {
    /** Nothing of a currency. */
    static CurrencyBalance none(String currency) {
        Money zero = Money.zero(currency);
        return new CurrencyBalance(currency, zero, zero, zero, zero);
    }

    /** With what one entry changes. */
    CurrencyBalance with(OwedLine line) {
        Money owed = line.owed();
        return switch (line.part()) {
            case PAYMENT -> new CurrencyBalance(currency, charges, payments.minus(owed), refunds, balance.plus(owed));
            case REFUND -> new CurrencyBalance(currency, charges, payments, refunds.plus(owed), balance.plus(owed));
            case CHARGE -> new CurrencyBalance(currency, charges.plus(owed), payments, refunds, balance.plus(owed));
        };
    }
}
