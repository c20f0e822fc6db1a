package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.ApplyResult;
import dev.storyline.projections.Repair;
import java.util.function.Function;

/**
 * Redrives the stream that the parameter {@code stream} names, or all parked streams.
 *
 * @param repair redrives streams
 * @param report answers with the report of many streams
 */
record RedriveOperation(Repair repair, Function<Repair.Report, JsonNode> report) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        return request.hasNonNull("stream")
                ? result(repair.redrive(stream(request.get("stream").asText())))
                : report.apply(repair.redriveAll(request.path("after").asText()));
    }

    /** @throws IllegalArgumentException if the name is not that of a stream */
    static StreamId stream(String name) {
        try {
            return StreamId.parse(name);
        } catch (Id.InvalidId e) {
            throw new IllegalArgumentException("The stream '" + name + "' " + e.getMessage() + ".", e);
        }
    }

    /** The answer for one stream. */
    static ObjectNode result(ApplyResult applied) {
        return switch (applied) {
            case ApplyResult.Reached(long version) ->
                Json.mapper().createObjectNode().put("version", version);
            case ApplyResult.Unfinished _ ->
                Json.mapper()
                        .createObjectNode()
                        .put(
                                "unfinished",
                                "The time of the function was over before the stream was at its head. "
                                        + "What was done is saved, and the redrive continues by itself.");
            case ApplyResult.Standing standing -> Json.mapper().<ObjectNode>valueToTree(standing);
            case ApplyResult.Outdated(int version) ->
                Json.mapper()
                        .createObjectNode()
                        .put("outdated", "Version " + version + " of the projection made the view: rebuild it.");
        };
    }
}
