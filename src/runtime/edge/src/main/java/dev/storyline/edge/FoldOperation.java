package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.StreamMachine;

/**
 * Tells what the machine of the slice had made of the stream of the parameter {@code stream}, at the version of the
 * parameter {@code at}, or at the head without it. It changes nothing.
 *
 * @param machine folds a stream up to a version
 */
record FoldOperation(StreamMachine machine) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        StreamId stream = RedriveOperation.stream(request.path("stream").asText());
        return Json.mapper()
                .valueToTree(machine.stateAt(stream, request.path("at").asLong(Long.MAX_VALUE)));
    }
}
