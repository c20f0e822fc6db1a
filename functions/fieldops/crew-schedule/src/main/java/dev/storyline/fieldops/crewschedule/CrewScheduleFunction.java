package dev.storyline.fieldops.crewschedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of crew-schedule. */
@Singleton
public class CrewScheduleFunction {
    private final FeedDoor feed;
    private final QueryDoor<CrewScheduleQuery> query;

    public CrewScheduleFunction(Edge edge) {
        var projection = new CrewScheduleProjection();
        feed = FeedDoor.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryDoor.of(
                edge, CrewScheduleQuery.class, edge.view("VIEW_TABLE", projection.name()), CrewScheduleQuery::answer);
    }

    @Funq("crew-schedule-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("crew-schedule-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("crew-schedule")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
