package dev.storyline.fieldops.registerequipment;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.Money;
import java.math.BigDecimal;

/**
 * Equipment may be used.
 *
 * @param equipmentId which one
 * @param hourlyRate what an hour costs from now on
 * @param serviceIntervalHours after how many hours of use it needs maintenance
 */
public record RegisterEquipment(EquipmentId equipmentId, Money hourlyRate, BigDecimal serviceIntervalHours) {}
