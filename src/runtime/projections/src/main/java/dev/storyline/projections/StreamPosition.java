package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import org.jspecify.annotations.Nullable;

/**
 * The position of a view in one stream.
 *
 * @param position the version of the last event in the view; 0 for none
 * @param parked why the stream is parked, or null
 * @param fields the stream's own row, or null
 */
public record StreamPosition(
        long position, @Nullable Parked parked, @Nullable ObjectNode fields) {
    /** The position in a stream of which the view has seen no event. */
    static final StreamPosition NONE = new StreamPosition(0, null, null);

    /** The stream's own row, or null if there is none. */
    public <R extends Record> @Nullable R own(Class<R> type) {
        return fields == null ? null : Json.mapper().convertValue(fields, type);
    }
}
