package dev.storyline.fieldops.crews;

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

/** The feed and the query of crews. */
@Singleton
public class CrewsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CrewsQuery> query;

    public CrewsFunction(Edge edge) {
        var projection = new CrewsProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                CrewsQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view) -> q.answer(view, edge.clock()));
    }

    @Funq("crews-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("crews-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("crews")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
