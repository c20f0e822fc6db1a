package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.JobId;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * One use of the equipment: a row of its log book.
 *
 * @param jobId the job
 * @param on the day, in the calendar of the job's region
 * @param hours the hours of use
 */
public record EquipmentHours(JobId jobId, LocalDate on, BigDecimal hours) {}
