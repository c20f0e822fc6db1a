package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.JobId;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a client sends.
 *
 * @param equipmentId which one, from the path
 * @param jobId for which job
 * @param on on which day, in the calendar of the job's region
 * @param hours for how many hours
 */
public record RecordEquipmentUseRequest(EquipmentId equipmentId, JobId jobId, LocalDate on, BigDecimal hours) {}
