package dev.storyline.accounting.revenue;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A total: the sums of the accounts of a month's result over a part of its entries. Entries of different parts do not wait
 * for each other.
 *
 * @param attributes the sums by currency and account, {@code EUR revenue}, beside the key of the row; a debit is positive
 */
record MonthSums(@JsonAnySetter Map<String, JsonNode> attributes) {
    /** The parts of a month stand together. */
    static String partition(String month) {
        return "revenue#" + month;
    }

    /** The part of an entry: the first digit of its id, which is hexadecimal. */
    static RowKey key(String month, EntryId entry) {
        return new RowKey(partition(month), entry.value().substring(0, 1));
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
    static String name(String currency, String account) {
        return currency + " " + account;
    }
}
