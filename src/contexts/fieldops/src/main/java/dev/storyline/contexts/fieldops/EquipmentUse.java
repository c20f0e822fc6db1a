package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The use of equipment. */
public sealed interface EquipmentUse extends EquipmentEvent {
    /**
     * The equipment was used for a job.
     *
     * @param on the day, in the calendar of the job's region
     */
    @EventType("EquipmentUsed")
    record EquipmentUsed(EquipmentId equipmentId, JobId jobId, LocalDate on, BigDecimal hours)
            implements EquipmentUse {}
}
