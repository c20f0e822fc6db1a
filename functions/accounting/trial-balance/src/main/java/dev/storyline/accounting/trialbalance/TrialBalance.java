package dev.storyline.accounting.trialbalance;

import java.util.List;

/**
 * The sum of each account in each currency.
 *
 * @param accounts in the order of the accounts and currencies; a debit is positive
 * @param balanced whether the sum over all accounts is zero in each currency, as it must be
 */
public record TrialBalance(List<AccountBalance> accounts, boolean balanced) {}
