package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recorded events of a stream, as the slice {@code stream-story} of each context shows them.
 *
 * @param stream the stream
 * @param version the version of the last event here
 * @param events in order
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record StreamStory(
        String stream,
        long version,
        List<Event> events,
        @Nullable Long next) {
    /**
     * One event.
     *
     * @param type its stored type
     * @param version its position
     * @param at when it was decided
     * @param actor the caller who caused it
     * @param causation the id of the event that led to it, or null
     * @param correlation the conversation: the same for everything that one request from outside caused
     * @param command the id of the command that recorded it
     * @param data its fields, as they were stored
     */
    public record Event(
            String type,
            long version,
            Instant at,
            String actor,
            @Nullable String causation,
            String correlation,
            String command,
            JsonNode data) {}

    /**
     * The query.
     *
     * @param streamId the stream, {@code child#simo}, from the path
     * @param after the version after which the answer begins, in digits; null for the beginning
     */
    public record Query(String streamId, @Nullable String after) {}
}
