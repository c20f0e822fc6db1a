package dev.storyline.contexts.fieldops;

/** Everything that is recorded in field operations. */
public sealed interface FieldOpsEvent permits RegionEvent, JobEvent, CrewEvent, EquipmentEvent {}
