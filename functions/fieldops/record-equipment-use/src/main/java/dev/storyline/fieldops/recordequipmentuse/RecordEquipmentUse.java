package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.JobId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Equipment was used for a job.
 *
 * @param equipmentId which one
 * @param jobId for which job
 * @param on on which day, in the calendar of the job's region
 * @param hours for how many hours
 * @param at when this is told
 */
public record RecordEquipmentUse(EquipmentId equipmentId, JobId jobId, LocalDate on, BigDecimal hours, Instant at) {}
