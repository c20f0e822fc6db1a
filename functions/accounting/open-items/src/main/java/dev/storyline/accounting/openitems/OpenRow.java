package dev.storyline.accounting.openitems;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.RowKey;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A row: an open item without its age.
 *
 * @param item its stream
 * @param customerId who is to pay
 * @param since the day from which its age counts
 * @param open what is left to pay in each currency, in the order of the codes
 */
record OpenRow(String item, CustomerId customerId, LocalDate since, List<Money> open) {
    /** The rows stand together, the oldest first. */
    static final String PARTITION = "open";

    RowKey key() {
        return new RowKey(PARTITION, since + "#" + item);
    }

    OpenItem on(LocalDate today) {
        return new OpenItem(item, customerId, since, Math.max(0, ChronoUnit.DAYS.between(since, today)), open);
    }
}
