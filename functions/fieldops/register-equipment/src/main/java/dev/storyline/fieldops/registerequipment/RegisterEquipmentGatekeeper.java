package dev.storyline.fieldops.registerequipment;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;

/** Refuses amounts that are no price, and implausible intervals. */
final class RegisterEquipmentGatekeeper implements Gatekeeper<RegisterEquipment, RegisterEquipment> {
    static final BigDecimal MOST = BigDecimal.valueOf(100_000);
    static final int MOST_DIGITS = 4;

    static final Rule UNKNOWN_CURRENCY = Rule.forbids(
            "unknown-currency", "The currency must be one that a country uses today, by its ISO 4217 code like EUR.");
    static final Rule RATE_NOT_PLAUSIBLE = Rule.forbids(
            "rate-not-plausible", "A rate is 0 or more and 100,000 at most, with 4 digits after the point at most.");
    static final Rule INTERVAL_NOT_PLAUSIBLE = Rule.forbids(
            "interval-not-plausible",
            "A service interval is more than 0 hours and 100,000 at most, with 4 digits after the point at most.");

    @Override
    public Gate<RegisterEquipment> gate(RegisterEquipment request, CommandContext occasion) {
        Money rate = request.hourlyRate();
        if (!Currencies.isInUse(rate.currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        if (rate.amount().signum() < 0 || isTooLargeOrFine(rate.amount())) {
            return Gate.closed(RATE_NOT_PLAUSIBLE);
        }
        BigDecimal interval = request.serviceIntervalHours();
        if (interval.signum() <= 0 || isTooLargeOrFine(interval)) {
            return Gate.closed(INTERVAL_NOT_PLAUSIBLE);
        }
        return Gate.open(request);
    }

    private static boolean isTooLargeOrFine(BigDecimal figure) {
        return figure.compareTo(MOST) > 0 || figure.stripTrailingZeros().scale() > MOST_DIGITS;
    }
}
