package dev.storyline.fieldops.registercrew;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;

/** Refuses amounts that are no price. */
final class RegisterCrewGatekeeper implements Gatekeeper<RegisterCrew, RegisterCrew> {
    static final BigDecimal HIGHEST_RATE = BigDecimal.valueOf(100_000);
    static final int MOST_DIGITS = 4;
    static final int LONGEST_CLASS = 100;

    static final Rule UNKNOWN_CURRENCY = Rule.forbids(
            "unknown-currency", "The currency must be one that a country uses today, by its ISO 4217 code like EUR.");
    static final Rule RATE_NOT_PLAUSIBLE = Rule.forbids(
            "rate-not-plausible", "A rate is 0 or more and 100,000 at most, with 4 digits after the point at most.");
    static final Rule BLANK_CLASS = Rule.forbids("blank-class", "A class says something, in 100 characters at most.");

    @Override
    public Gate<RegisterCrew> gate(RegisterCrew request, CommandContext occasion) {
        if (!Currencies.isInUse(request.hourlyRate().currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        BigDecimal amount = request.hourlyRate().amount();
        if (amount.signum() < 0 || amount.compareTo(HIGHEST_RATE) > 0 || amount.scale() > MOST_DIGITS) {
            return Gate.closed(RATE_NOT_PLAUSIBLE);
        }
        String rateClass = request.rateClass();
        if (rateClass.isBlank() || rateClass.codePointCount(0, rateClass.length()) > LONGEST_CLASS) {
            return Gate.closed(BLANK_CLASS);
        }
        return Gate.open(request);
    }
}
