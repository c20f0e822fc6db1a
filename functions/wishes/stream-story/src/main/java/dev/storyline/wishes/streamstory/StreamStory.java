package dev.storyline.wishes.streamstory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded in a stream.
 *
 * @param stream which stream
 * @param version the version of the last event here
 * @param events in order
 * @param next where there are more events than one answer holds: what to pass as {@code after} for the next ones
 */
record StreamStory(
        String stream,
        long version,
        List<Event> events,
        @Nullable Long next) {
    /**
     * One event.
     *
     * @param type its stored name
     * @param version its position
     * @param at when it was decided
     * @param actor who asked for it
     * @param causation the id of the event that led to it, or null
     * @param data its fields, as they were stored
     */
    record Event(
            String type,
            long version,
            Instant at,
            String actor,
            @Nullable String causation,
            JsonNode data) {}

    /**
     * The query.
     *
     * @param streamId which stream, {@code child#simo}, from the path
     * @param after the version to start after, digits; missing for the beginning
     */
    record Query(String streamId, @Nullable String after) {}
}
