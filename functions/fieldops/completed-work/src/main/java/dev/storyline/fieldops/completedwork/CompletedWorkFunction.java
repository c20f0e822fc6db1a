package dev.storyline.fieldops.completedwork;

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

/** The feed and the query of completed-work. */
@Singleton
public class CompletedWorkFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CompletedWorkQuery> query;

    public CompletedWorkFunction(Edge edge) {
        var projection = new CompletedWorkProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        CompletedWorkQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        CompletedWorkQuery::answer)
                .within(q -> FieldOps.stream(q.regionId()));
    }

    @Funq("completed-work-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("completed-work-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("completed-work")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
