package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.projections.StreamMachine;
import dev.storyline.projections.StreamReplay;

/**
 * Tells what the events of the parameter {@code stream} make the machine of the slice do, from the version of the parameter
 * {@code from} on, up to {@code upTo}; see {@link StreamReplay}. It writes nothing and runs no effect.
 *
 * @param machine steps the stream
 */
record ReplayOperation(StreamMachine machine) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        return Json.mapper()
                .valueToTree(machine.replay(
                        RedriveOperation.stream(request.path("stream").asText()),
                        request.path("from").asLong(1),
                        request.path("upTo").asLong(Long.MAX_VALUE)));
    }
}
