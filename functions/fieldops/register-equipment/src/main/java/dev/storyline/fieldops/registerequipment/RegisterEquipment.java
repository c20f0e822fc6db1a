package dev.storyline.fieldops.registerequipment;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * Equipment may be used.
 *
 * @param equipmentId the equipment
 * @param hourlyRate the price of an hour from now on
 * @param serviceIntervalHours the hours of use after which it needs maintenance
 */
public record RegisterEquipment(EquipmentId equipmentId, Money hourlyRate, BigDecimal serviceIntervalHours) {}
