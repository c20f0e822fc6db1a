package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells which of the streams in the parameter {@code heads}, {@code {"job#4711": 12}}, this slice has not applied to these
 * versions, or has parked: {@code behind}. It changes nothing. An archiver asks it before it touches a stream.
 *
 * @param behind compares heads with positions
 */
record PositionsOperation(Function<Map<StreamId, Long>, Set<StreamId>> behind) implements MaintenanceOperation {
    /** As many as a page of an event table has commits. */
    private static final int MOST_STREAMS = 2_000;

    @Override
    public JsonNode run(JsonNode request) {
        JsonNode asked = request.path("heads");
        if (!asked.isObject() || asked.size() > MOST_STREAMS) {
            throw new IllegalArgumentException(
                    "'heads' must be an object of at most " + MOST_STREAMS + " streams with their last versions");
        }
        Map<StreamId, Long> heads = new LinkedHashMap<>();
        asked.properties()
                .forEach(head -> heads.put(
                        RedriveOperation.stream(head.getKey()), head.getValue().asLong()));
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode streams = answer.putArray("behind");
        behind.apply(heads).forEach(stream -> streams.add(stream.toString()));
        return answer;
    }
}
