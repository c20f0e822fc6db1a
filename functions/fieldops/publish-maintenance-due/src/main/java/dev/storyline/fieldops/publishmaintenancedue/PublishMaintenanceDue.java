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

/** Counts the hours of use since the last maintenance, and tells others once that they are as many as may be. */
final class PublishMaintenanceDue implements EventHandler<PublishMaintenanceDue.Hours, EquipmentEvent> {
    /**
     * How long the equipment was used.
     *
     * @param sinceService since it was maintained last
     * @param interval how long it may be; null while it is not registered
     * @param told whether others know that it is due
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
