package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The charges of a job for equipment. */
public sealed interface EquipmentCharge extends JobEvent {
    /** Equipment was used for the job: the job's side of {@link EquipmentUse.EquipmentUsed}, recorded with it. */
    @EventType("EquipmentCharged")
    record EquipmentCharged(JobId jobId, EquipmentId equipmentId, LocalDate on, BigDecimal hours, Money hourlyRate)
            implements EquipmentCharge {}
}
