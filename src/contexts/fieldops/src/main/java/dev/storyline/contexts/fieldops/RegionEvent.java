package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Everything that is recorded about one region. */
public sealed interface RegionEvent extends FieldOpsEvent {
    /** The region. */
    RegionId regionId();

    /**
     * Jobs are taken in the region from now on.
     *
     * @param timeZone the name of its time zone in the IANA database
     * @param currency the ISO 4217 code of the region's currency
     * @param taxRate the tax on what is billed, as a fraction; null for none
     */
    @EventType("RegionOpened")
    record RegionOpened(
            RegionId regionId,
            String timeZone,
            String currency,
            @Nullable BigDecimal taxRate) implements RegionEvent {}
}
