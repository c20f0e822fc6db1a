package dev.storyline.accounting.revenue;

import java.util.List;

/**
 * What was earned in a month, by the day in the books.
 *
 * @param month the month, {@code 2026-11}
 * @param revenues one for each currency, in the order of the codes
 */
public record Revenue(String month, List<CurrencyRevenue> revenues) {}
