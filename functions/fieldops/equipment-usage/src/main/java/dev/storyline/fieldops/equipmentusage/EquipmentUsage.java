package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of equipment costs and was used for, the earliest day first.
 *
 * @param equipmentId which one
 * @param hourlyRate what an hour costs now
 * @param serviceIntervalHours after how many hours of use it needs maintenance
 * @param totalHours for how many hours it was used since it is there
 * @param hoursSinceService for how many hours it was used since it was maintained last
 * @param servicedAt when that was; null where it never was
 * @param uses the earliest day first, those of one day as they were recorded
 * @param next where there are more uses than one answer holds: what to pass as {@code after} for the next ones
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
