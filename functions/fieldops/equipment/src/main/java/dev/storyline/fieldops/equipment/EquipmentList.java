package dev.storyline.fieldops.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All registered equipment, in the order of its ids.
 *
 * @param equipment the equipment
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record EquipmentList(
        List<ListedEquipment> equipment, @Nullable String next) {}
