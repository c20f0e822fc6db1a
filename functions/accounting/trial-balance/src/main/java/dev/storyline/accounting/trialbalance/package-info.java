/** The sums of all accounts, which prove the ledger. */
@NullMarked
package dev.storyline.accounting.trialbalance;

import org.jspecify.annotations.NullMarked;
