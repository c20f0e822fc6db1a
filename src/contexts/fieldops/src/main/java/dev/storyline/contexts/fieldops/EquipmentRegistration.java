package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/** The price of equipment, and its maintenance interval. */
public sealed interface EquipmentRegistration extends EquipmentEvent {
    /**
     * The equipment may be used at this rate from now on.
     *
     * @param serviceIntervalHours the hours of use after which it needs maintenance
     */
    @EventType("EquipmentRegistered")
    record EquipmentRegistered(EquipmentId equipmentId, Money hourlyRate, BigDecimal serviceIntervalHours)
            implements EquipmentRegistration {}
}
