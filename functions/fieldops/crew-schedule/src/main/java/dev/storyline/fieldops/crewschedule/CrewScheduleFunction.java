package dev.storyline.fieldops.crewschedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of crew-schedule. */
@Singleton
public class CrewScheduleFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CrewScheduleQuery> query;

    public CrewScheduleFunction(Edge edge) {
        var projection = new CrewScheduleProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        CrewScheduleQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        CrewScheduleQuery::answer)
                .within(q -> FieldOps.stream(q.crewId()));
    }

    @Funq("crew-schedule-feed")
    public PartialBatchResponse feed(JsonNode batch) {
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
