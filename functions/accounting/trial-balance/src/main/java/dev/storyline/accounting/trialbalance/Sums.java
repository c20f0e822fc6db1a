package dev.storyline.accounting.trialbalance;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A total: the sum of each account in each currency over a part of the entries. An entry belongs to one part as a whole,
 * so the sum of a part is zero too, and entries of different parts do not wait for each other.
 *
 * @param amounts by account and currency, {@code bank EUR}
 */
record Sums(@JsonAnySetter Map<String, BigDecimal> amounts) {
    /** The parts stand together. */
    static final String PARTITION = "trial-balance";

    /** The part of an entry: the first digit of its id, which is hexadecimal. */
    static RowKey key(EntryId entry) {
        return new RowKey(PARTITION, entry.value().substring(0, 1));
    }

    /** Accounts and currencies have no space in their names. */
    static String name(String account, String currency) {
        return account + " " + currency;
    }
}
