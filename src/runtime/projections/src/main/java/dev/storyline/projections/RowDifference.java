package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A row that differs between two generations of a view.
 *
 * @param partition its partition key; for a stream's own row the name of the stream
 * @param sort its sort key; for a stream's own row {@code @} and the name of the projection
 * @param added whether only the new generation has it
 * @param removed whether only the old generation has it
 * @param was the fields that differ, as the old generation has them
 * @param is the same fields, as the new generation has them
 */
public record RowDifference(
        String partition,
        String sort,
        boolean added,
        boolean removed,
        Map<String, JsonNode> was,
        Map<String, JsonNode> is) {}
