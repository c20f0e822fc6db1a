package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Tells what a board says and a model has no place for, by the keys of the board. */
final class PassedOver {
    private final Graph graph;

    PassedOver(Graph graph) {
        this.graph = graph;
    }

    /**
     * Tells of the keys of a node that are not read.
     *
     * @param known the keys that are read, or only repeat what is read
     * @param more further such keys
     */
    void drop(JsonNode node, Set<String> known, Iterable<List<String>> more) {
        node.properties().forEach(entry -> {
            boolean read = known.contains(entry.getKey());
            for (List<String> keys : more) {
                read |= keys.contains(entry.getKey());
            }
            boolean label = entry.getKey().equals("tags")
                    && entry.getValue().size() == 1
                    && entry.getValue().path(0).asText().equals(ConfigWriter.PUBLIC);
            if (!read && !label && says(entry.getValue())) {
                graph.note("Passed over, for a model has no place for it", entry.getKey());
            }
        });
    }

    /** Returns whether a value tells anything: no false, blank or empty one does. */
    private static boolean says(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().anyMatch(PassedOver::says);
        }
        return !value.isNull() && !value.asText().isBlank() && !value.asText().equals("false");
    }
}
