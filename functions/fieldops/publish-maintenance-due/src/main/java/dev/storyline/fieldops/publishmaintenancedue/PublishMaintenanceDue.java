package dev.storyline.fieldops.publishmaintenancedue;

import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentMaintenance.EquipmentServiced;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Counts the hours of use since the last maintenance, and publishes once that the maintenance is due. */
final class PublishMaintenanceDue implements EventHandler<PublishMaintenanceDue.Hours, EquipmentEvent> {
    /**
     * The hours of use.
     *
     * @param sinceService the hours of use since the last maintenance
     * @param interval the hours of use between maintenances; null while the equipment is not registered
     * @param told whether it is published that the maintenance is due
     */
    record Hours(BigDecimal sinceService, @Nullable BigDecimal interval, boolean told) {}

    @Override
    public String name() {
        return "publish-maintenance-due";
    }

    @Override
    public Class<EquipmentEvent> folds() {
        return EquipmentEvent.class;
    }

    @Override
    public Hours initialState() {
        return new Hours(BigDecimal.ZERO, null, false);
    }

    @Override
    public Reaction<Hours> on(Hours hours, Recorded<EquipmentEvent> event) {
        return switch (event.event()) {
            case EquipmentRegistered registered ->
                told(new Hours(hours.sinceService(), registered.serviceIntervalHours(), hours.told()), event);
            case EquipmentUsed used ->
                told(new Hours(hours.sinceService().add(used.hours()), hours.interval(), hours.told()), event);
            case EquipmentServiced _ -> Reaction.to(new Hours(BigDecimal.ZERO, hours.interval(), false));
        };
    }

    private static Reaction<Hours> told(Hours hours, Recorded<EquipmentEvent> event) {
        BigDecimal interval = hours.interval();
        if (hours.told() || interval == null || hours.sinceService().compareTo(interval) < 0) {
            return Reaction.to(hours);
        }
        return Reaction.to(
                new Hours(hours.sinceService(), interval, true),
                new Publish(
                        "maintenance-due",
                        new MaintenanceDue(event.event().equipmentId(), hours.sinceService(), interval, event.at())));
    }
}
