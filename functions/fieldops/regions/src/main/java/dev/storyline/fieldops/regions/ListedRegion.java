package dev.storyline.fieldops.regions;

import dev.storyline.contexts.fieldops.RegionId;

/**
 * A region in which jobs are taken.
 *
 * @param regionId the region
 * @param timeZone the name of its time zone in the IANA database
 * @param currency the ISO 4217 code of its currency
 */
public record ListedRegion(RegionId regionId, String timeZone, String currency) {}
