package dev.storyline.accounting.trialbalance;

import dev.storyline.kernel.Money;

/**
 * The sum of an account in a currency.
 *
 * @param account the account
 * @param balance a debit is positive, a credit negative
 */
public record AccountBalance(String account, Money balance) {}
