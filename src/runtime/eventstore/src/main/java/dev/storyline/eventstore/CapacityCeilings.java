package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The most capacity that one piece of work may consume.
 *
 * @param readUnits the most read units in a second; null for no ceiling
 * @param writeUnits the most write units in a second; null for no ceiling
 */
public record CapacityCeilings(
        @Nullable Integer readUnits, @Nullable Integer writeUnits) {
    /** No ceiling. */
    public static final CapacityCeilings NONE = new CapacityCeilings(null, null);

    /** @throws IllegalArgumentException if a ceiling is below 1: nothing would ever be done */
    public CapacityCeilings {
        positive("read", readUnits);
        positive("write", writeUnits);
    }

    /** The share of one of several that work at the same time; at least one unit a second. */
    public CapacityCeilings share(int between) {
        return new CapacityCeilings(share(readUnits, between), share(writeUnits, between));
    }

    private static @Nullable Integer share(@Nullable Integer units, int between) {
        return units == null ? null : (Integer) Math.max(1, units / between);
    }

    private static void positive(String kind, @Nullable Integer units) {
        if (units != null && units < 1) {
            throw new IllegalArgumentException(
                    "A ceiling of " + kind + " units is 1 or more, not " + units + "; leave it out for no ceiling");
        }
    }
}
