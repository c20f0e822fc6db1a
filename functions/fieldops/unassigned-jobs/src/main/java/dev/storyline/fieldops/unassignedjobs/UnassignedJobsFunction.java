package dev.storyline.fieldops.unassignedjobs;

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

/** The feed and the query of unassigned-jobs. */
@Singleton
public class UnassignedJobsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<UnassignedJobsQuery> query;

    public UnassignedJobsFunction(Edge edge) {
        var projection = new UnassignedJobsProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        UnassignedJobsQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        UnassignedJobsQuery::answer)
                .within(q -> FieldOps.stream(q.regionId()));
    }

    @Funq("unassigned-jobs-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("unassigned-jobs-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("unassigned-jobs")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
