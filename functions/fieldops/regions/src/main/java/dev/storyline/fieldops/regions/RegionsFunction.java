package dev.storyline.fieldops.regions;

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

/** The feed and the query of regions. */
@Singleton
public class RegionsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<RegionsQuery> query;

    public RegionsFunction(Edge edge) {
        var projection = new RegionsProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, RegionsQuery.class, edge.view("VIEW_TABLE", projection.name()), RegionsQuery::answer);
    }

    @Funq("regions-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("regions-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("regions")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
