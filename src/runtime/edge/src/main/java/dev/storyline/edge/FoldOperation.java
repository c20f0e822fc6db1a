package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.StreamState;
import java.util.function.BiFunction;

/**
 * Tells what the machine of the slice had made of the stream of the parameter {@code stream}, at the version of the
 * parameter {@code at}, or at the head without it. It changes nothing.
 *
 * @param states folds a stream up to a version
 */
record FoldOperation(BiFunction<StreamId, Long, StreamState> states) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        StreamId stream = RedriveOperation.stream(request.path("stream").asText());
        return Json.mapper().valueToTree(states.apply(stream, request.path("at").asLong(Long.MAX_VALUE)));
    }
}
