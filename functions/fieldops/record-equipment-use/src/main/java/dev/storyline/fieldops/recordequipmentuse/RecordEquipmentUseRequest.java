package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.JobId;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The request of a client.
 *
 * @param equipmentId the equipment, from the path
 * @param jobId the job
 * @param on the day, in the calendar of the job's region
 * @param hours the hours of use
 */
public record RecordEquipmentUseRequest(EquipmentId equipmentId, JobId jobId, LocalDate on, BigDecimal hours) {}
