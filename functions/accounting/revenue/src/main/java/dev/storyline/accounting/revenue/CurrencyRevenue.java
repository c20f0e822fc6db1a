package dev.storyline.accounting.revenue;

import dev.storyline.kernel.Money;

/**
 * What was earned in one currency.
 *
 * @param currency the code of the currency
 * @param revenue what was sold and billed without tax, less what came back
 * @param tax the tax on that, less the tax that was written off
 * @param writtenOff what will not be paid, without tax
 */
public record CurrencyRevenue(String currency, Money revenue, Money tax, Money writtenOff) {}
