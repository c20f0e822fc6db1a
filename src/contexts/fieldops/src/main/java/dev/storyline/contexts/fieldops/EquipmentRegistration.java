package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;

/** What equipment costs, and how often it must be looked after. */
public sealed interface EquipmentRegistration extends EquipmentEvent {
    /**
     * The equipment may be used at this rate from now on.
     *
     * @param serviceIntervalHours after how many hours of use it needs maintenance
     */
    @EventType("EquipmentRegistered")
    record EquipmentRegistered(EquipmentId equipmentId, Money hourlyRate, BigDecimal serviceIntervalHours)
            implements EquipmentRegistration {}
}
