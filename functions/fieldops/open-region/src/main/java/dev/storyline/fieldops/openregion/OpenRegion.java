package dev.storyline.fieldops.openregion;

import dev.storyline.contexts.fieldops.RegionId;

/**
 * A region takes jobs.
 *
 * @param regionId the region
 * @param timeZone the name of a time zone in the IANA database
 * @param currency the ISO 4217 code of a currency
 */
public record OpenRegion(RegionId regionId, String timeZone, String currency) {}
