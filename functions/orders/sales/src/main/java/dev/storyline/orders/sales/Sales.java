package dev.storyline.orders.sales;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sold on a day: the orders that were placed on it, without what was cancelled or came back, whenever that
 * happened. So the sum of all days is the revenue of what was shipped, and of what is still to be shipped.
 *
 * @param day the day, in UTC
 * @param products in the order of their ids, and of the codes of the currencies
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record Sales(
        LocalDate day, List<SalesLine> products, @Nullable String next) {}
