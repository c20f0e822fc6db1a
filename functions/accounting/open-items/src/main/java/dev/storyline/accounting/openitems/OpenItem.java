package dev.storyline.accounting.openitems;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.kernel.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * An order or a job that is not paid yet.
 *
 * @param item its stream, {@code order#o1} or {@code job#4711}
 * @param customerId who is to pay
 * @param since the day on which the order was placed, or the job was completed
 * @param ageDays the days since then
 * @param open what is left to pay in each currency, in the order of the codes
 */
public record OpenItem(String item, CustomerId customerId, LocalDate since, long ageDays, List<Money> open) {}
