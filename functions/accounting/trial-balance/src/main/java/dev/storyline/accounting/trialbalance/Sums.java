package dev.storyline.accounting.trialbalance;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A total: the sum of each account in each currency over a part of the entries. An entry belongs to one part as a whole,
 * so the sum of a part is zero too, and entries of different parts do not wait for each other.
 *
 * @param attributes the sums by account and currency, {@code bank EUR}, beside the key of the row
 */
record Sums(@JsonAnySetter Map<String, JsonNode> attributes) {
    /** The parts stand together. */
    static final String PARTITION = "trial-balance";

    /** The part of an entry: the first digit of its id, which is hexadecimal. */
    static RowKey key(EntryId entry) {
        return new RowKey(PARTITION, entry.value().substring(0, 1));
    }

    /** The sums by their names. */
    Map<String, BigDecimal> amounts() {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (value.isNumber()) {
                amounts.put(name, value.decimalValue());
            }
        });
        return amounts;
    }

    /** Accounts and currencies have no space in their names. */
    static String name(String account, String currency) {
        return account + " " + currency;
    }
}
