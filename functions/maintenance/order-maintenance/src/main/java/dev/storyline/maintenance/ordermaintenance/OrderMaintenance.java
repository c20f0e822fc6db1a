package dev.storyline.maintenance.ordermaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Maintenance is due.
 *
 * @param equipmentId the equipment
 * @param hours for how many hours it was used since it was maintained last
 * @param intervalHours for how many it may be
 * @param dueAt the time at which the maintenance became due
 */
public record OrderMaintenance(EquipmentId equipmentId, BigDecimal hours, BigDecimal intervalHours, Instant dueAt) {}
