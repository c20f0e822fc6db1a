package dev.storyline.fieldops.openregion;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.time.ZoneId;
import java.util.Currency;

/** Refuses unknown time zones and currencies. */
final class OpenRegionGatekeeper implements Gatekeeper<OpenRegion, OpenRegion> {
    static final Rule UNKNOWN_TIME_ZONE =
            Rule.forbids("unknown-time-zone", "The time zone must be a name of the IANA database like Europe/Vienna.");
    static final Rule UNKNOWN_CURRENCY =
            Rule.forbids("unknown-currency", "The currency must be an ISO 4217 code like EUR.");

    @Override
    public Gate<OpenRegion> gate(OpenRegion request, CommandContext occasion) {
        if (!ZoneId.getAvailableZoneIds().contains(request.timeZone())) {
            return Gate.closed(UNKNOWN_TIME_ZONE);
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(request.currency()))) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        return Gate.open(request);
    }
}
