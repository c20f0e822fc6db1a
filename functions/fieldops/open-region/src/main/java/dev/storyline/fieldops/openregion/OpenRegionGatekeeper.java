package dev.storyline.fieldops.openregion;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.time.ZoneId;
import java.util.Set;

/** Refuses time zones that are those of no place, and currencies that no country uses. */
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

    @Override
    public Gate<OpenRegion> gate(OpenRegion request, CommandContext occasion) {
        if (!isPlace(request.timeZone())) {
            return Gate.closed(UNKNOWN_TIME_ZONE);
        }
        if (!Currencies.isInUse(request.currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
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
