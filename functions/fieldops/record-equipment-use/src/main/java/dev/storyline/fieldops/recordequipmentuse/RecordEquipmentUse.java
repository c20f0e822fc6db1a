package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.JobId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Equipment was used for a job.
 *
 * @param equipmentId the equipment
 * @param jobId the job
 * @param on the day, in the calendar of the job's region
 * @param hours the hours of use
 * @param at the time of the command
 */
public record RecordEquipmentUse(EquipmentId equipmentId, JobId jobId, LocalDate on, BigDecimal hours, Instant at) {}
