package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.Money;
import java.math.BigDecimal;

/**
 * What the use of one piece of equipment at one rate costs.
 *
 * @param equipmentId names a piece of equipment
 * @param hours for how many hours
 * @param hourlyRate what an hour costs
 * @param amount what all of it costs, rounded once
 */
public record EquipmentLine(EquipmentId equipmentId, BigDecimal hours, Money hourlyRate, Money amount) {
    static EquipmentLine of(EquipmentId equipmentId, BigDecimal hours, Money hourlyRate) {
        return new EquipmentLine(equipmentId, hours, hourlyRate, hourlyRate.times(hours));
    }
}
