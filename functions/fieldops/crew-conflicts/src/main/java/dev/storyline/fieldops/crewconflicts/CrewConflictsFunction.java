package dev.storyline.fieldops.crewconflicts;

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

/** The feed and the query of crew-conflicts. */
@Singleton
public class CrewConflictsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CrewConflictsQuery> query;

    public CrewConflictsFunction(Edge edge) {
        var projection = new CrewConflictsProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, CrewConflictsQuery.class, edge.view("VIEW_TABLE", projection.name()), CrewConflictsQuery::answer);
    }

    @Funq("crew-conflicts-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("crew-conflicts-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("crew-conflicts")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
