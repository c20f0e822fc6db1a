package dev.storyline.fieldops.equipment;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * One piece of registered equipment.
 *
 * @param equipmentId the equipment
 * @param hourlyRate the price of an hour now
 * @param serviceIntervalHours the hours of use after which it needs maintenance
 * @param hoursSinceService the hours of use since the last maintenance, or since its registration
 */
public record ListedEquipment(
        EquipmentId equipmentId, Money hourlyRate, BigDecimal serviceIntervalHours, BigDecimal hoursSinceService) {}
