package dev.storyline.contexts.inventory;

/** Everything that is recorded in the inventory. */
public sealed interface InventoryEvent permits ProductEvent, ReservationEvent {}
