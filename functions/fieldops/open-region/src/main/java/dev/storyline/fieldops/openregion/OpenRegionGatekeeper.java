package dev.storyline.fieldops.openregion;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Set;

/** Refuses time zones that are those of no place, currencies that no country uses, and tax rates that are no fraction. */
final class OpenRegionGatekeeper implements Gatekeeper<OpenRegion, OpenRegion> {
    /**
     * The areas of the database under which places stand. Offsets, abbreviations, {@code Etc/} and names of countries are
     * no places: a place tells when its clocks change.
     */
    private static final Set<String> AREAS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific");

    static final Rule UNKNOWN_TIME_ZONE = Rule.forbids(
            "unknown-time-zone",
            "The time zone must be that of a place, by its name in the IANA database like Europe/Vienna.");
    static final Rule UNKNOWN_CURRENCY = Rule.forbids(
            "unknown-currency", "The currency must be one that a country uses today, by its ISO 4217 code like EUR.");
    static final Rule TAX_RATE_OUT_OF_RANGE =
            Rule.forbids("tax-rate-out-of-range", "A tax rate is a fraction from 0 to 1, like 0.2.");

    @Override
    public Gate<OpenRegion> gate(OpenRegion request, CommandContext occasion) {
        if (!isPlace(request.timeZone())) {
            return Gate.closed(UNKNOWN_TIME_ZONE);
        }
        if (!Currencies.isInUse(request.currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        BigDecimal taxRate = request.taxRate();
        if (taxRate != null && (taxRate.signum() < 0 || taxRate.compareTo(BigDecimal.ONE) > 0)) {
            return Gate.closed(TAX_RATE_OUT_OF_RANGE);
        }
        return Gate.open(request);
    }

    /** Whether the name is one of the database, in its case, and begins with one of the areas. */
    private static boolean isPlace(String timeZone) {
        int slash = timeZone.indexOf('/');
        return slash > 0
                && AREAS.contains(timeZone.substring(0, slash))
                && ZoneId.getAvailableZoneIds().contains(timeZone);
    }
}
