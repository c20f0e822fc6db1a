package dev.storyline.fieldops.keepcrewcalendar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of keep-crew-calendar. */
@Singleton
public class KeepCrewCalendarFunction {
    private final FeedDoor feed;

    public KeepCrewCalendarFunction(Edge edge) {
        feed = FeedDoor.of(edge, FieldOps.LANGUAGE, new KeepCrewCalendar());
    }

    @Funq("keep-crew-calendar-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("keep-crew-calendar-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
