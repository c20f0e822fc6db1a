package dev.storyline.maintenance.maintenanceorder;

import dev.storyline.contexts.maintenance.EquipmentId;
import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param equipmentId the equipment, from the path
 */
record MaintenanceOrderQuery(EquipmentId equipmentId) {
    /** The view, or null for equipment that was never due. */
    @Nullable
    MaintenanceOrder answer(View view) {
        return view.head(Maintenance.stream(equipmentId)).own(MaintenanceOrder.class);
    }
}
