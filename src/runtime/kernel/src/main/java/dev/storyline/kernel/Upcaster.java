package dev.storyline.kernel;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Converts the stored data of an event from one schema version to the next, whenever it is read.
 *
 * @param type the stored name of the event
 * @param from the version that it reads; it produces {@code from + 1}
 * @param change from the old fields to the new ones; values are text, numbers, booleans, lists and maps as in JSON
 */
public record Upcaster(String type, int from, UnaryOperator<Map<String, Object>> change) {
    public Upcaster {
        if (from < 1) {
            throw new IllegalArgumentException("A schema version counts from 1, not from " + from);
        }
    }
}
