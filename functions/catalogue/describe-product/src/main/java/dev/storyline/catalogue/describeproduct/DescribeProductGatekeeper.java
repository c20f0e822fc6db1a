package dev.storyline.catalogue.describeproduct;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;

/** Refuses texts, prices and tax rates that are none. */
final class DescribeProductGatekeeper implements Gatekeeper<DescribeProduct, DescribeProduct> {
    static final int LONGEST_NAME = 200;
    static final int LONGEST_CATEGORY = 100;
    static final int MOST_TAX_DIGITS = 4;
    static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(1_000_000_000);

    static final Rule NAME_OUT_OF_RANGE =
            Rule.forbids("name-out-of-range", "A name says something, in 200 characters at most.");
    static final Rule CATEGORY_OUT_OF_RANGE =
            Rule.forbids("category-out-of-range", "A category says something, in 100 characters at most.");
    static final Rule UNKNOWN_CURRENCY = Rule.forbids(
            "unknown-currency", "The currency must be one that a country uses today, by its ISO 4217 code like EUR.");
    static final Rule PRICE_OUT_OF_RANGE = Rule.forbids(
            "price-out-of-range",
            "A price is more than 0 and 1,000,000,000 at most, in whole smallest units of its currency.");
    static final Rule TAX_RATE_OUT_OF_RANGE =
            Rule.forbids("tax-rate-out-of-range", "A tax rate is 0 to 1, with 4 digits after the point at most.");

    @Override
    public Gate<DescribeProduct> gate(DescribeProduct request, CommandContext occasion) {
        if (!says(request.name(), LONGEST_NAME)) {
            return Gate.closed(NAME_OUT_OF_RANGE);
        }
        if (!says(request.category(), LONGEST_CATEGORY)) {
            return Gate.closed(CATEGORY_OUT_OF_RANGE);
        }
        Money price = request.price();
        if (!Currencies.isInUse(price.currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        if (price.signum() <= 0 || price.amount().compareTo(HIGHEST_PRICE) > 0 || !price.isPayable()) {
            return Gate.closed(PRICE_OUT_OF_RANGE);
        }
        BigDecimal rate = request.taxRate().stripTrailingZeros();
        if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0 || rate.scale() > MOST_TAX_DIGITS) {
            return Gate.closed(TAX_RATE_OUT_OF_RANGE);
        }
        return Gate.open(request);
    }

    private static boolean says(String text, int longest) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= longest;
    }
}
