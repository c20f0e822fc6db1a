package dev.storyline.fieldops.keepcrewcalendar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of keep-crew-calendar. */
@Singleton
public class KeepCrewCalendarFunction {
    private final FeedEndpoint feed;

    public KeepCrewCalendarFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, new KeepCrewCalendar());
    }

    @Funq("keep-crew-calendar-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("keep-crew-calendar-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
