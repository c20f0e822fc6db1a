package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of the maintenance endpoint. */
@FunctionalInterface
interface MaintenanceOperation {
    /**
     * Runs the operation.
     *
     * @param request the operation's name and its parameters
     * @return the result as JSON
     */
    JsonNode run(JsonNode request);
}
