package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.fieldops.equipmentusage.EquipmentUsageProjection.Equipment;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param equipmentId the equipment, from the path
 * @param after the {@code next} of the page before; null for the first page
 */
record EquipmentUsageQuery(
        EquipmentId equipmentId, @Nullable String after) {
    /** The view, or null for equipment that is not registered. */
    @Nullable
    EquipmentUsage answer(View view) {
        StreamId stream = FieldOps.stream(equipmentId);
        Equipment own = view.head(stream).own(Equipment.class);
        if (own == null || own.hourlyRate() == null || own.serviceIntervalHours() == null) {
            return null;
        }
        RowPage<EquipmentHours> page =
                view.rows(stream.toString(), Objects.requireNonNullElse(after, ""), EquipmentHours.class);
        return new EquipmentUsage(
                equipmentId,
                own.hourlyRate(),
                own.serviceIntervalHours(),
                own.totalHours(),
                own.sinceService(),
                own.servicedAt(),
                page.rows(),
                page.next());
    }
}
