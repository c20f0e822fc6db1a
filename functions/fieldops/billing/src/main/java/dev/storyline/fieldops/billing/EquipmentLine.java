package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * The cost of one piece of equipment at one rate.
 *
 * @param equipmentId names a piece of equipment
 * @param hours the hours of use
 * @param hourlyRate the price of an hour
 * @param amount the cost of all hours, rounded once
 */
public record EquipmentLine(EquipmentId equipmentId, BigDecimal hours, Money hourlyRate, Money amount) {
    static EquipmentLine of(EquipmentId equipmentId, BigDecimal hours, Money hourlyRate) {
        return new EquipmentLine(equipmentId, hours, hourlyRate, hourlyRate.times(hours));
    }
}
