package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price and the uses of one piece of equipment, the earliest day first.
 *
 * @param equipmentId the equipment
 * @param hourlyRate the price of an hour now
 * @param serviceIntervalHours the hours of use after which it needs maintenance
 * @param totalHours the hours of use since its registration
 * @param hoursSinceService the hours of use since the last maintenance
 * @param servicedAt the time of that maintenance; null if there was none
 * @param uses the earliest day first, those of one day as they were recorded
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record EquipmentUsage(
        EquipmentId equipmentId,
        Money hourlyRate,
        BigDecimal serviceIntervalHours,
        BigDecimal totalHours,
        BigDecimal hoursSinceService,
        @Nullable Instant servicedAt,
        List<EquipmentHours> uses,
        @Nullable String next) {}
