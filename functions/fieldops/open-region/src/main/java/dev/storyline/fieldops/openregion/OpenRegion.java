package dev.storyline.fieldops.openregion;

import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A region takes jobs.
 *
 * @param regionId the region
 * @param timeZone the name of a time zone in the IANA database
 * @param currency the ISO 4217 code of a currency
 * @param taxRate the tax on what is billed, as a fraction; null for none
 */
public record OpenRegion(
        RegionId regionId,
        String timeZone,
        String currency,
        @Nullable BigDecimal taxRate) {}
