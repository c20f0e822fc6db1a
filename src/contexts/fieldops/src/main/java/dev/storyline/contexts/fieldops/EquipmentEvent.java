package dev.storyline.contexts.fieldops;

/** Everything that is recorded in the stream of one piece of equipment. */
public sealed interface EquipmentEvent extends FieldOpsEvent
        permits EquipmentRegistration, EquipmentUse, EquipmentMaintenance {
    /** The equipment. */
    EquipmentId equipmentId();
}
