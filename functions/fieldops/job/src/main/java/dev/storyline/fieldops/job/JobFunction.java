package dev.storyline.fieldops.job;

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

/** The feed and the query of job. */
@Singleton
public class JobFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<JobQuery> query;

    public JobFunction(Edge edge) {
        var projection = new JobProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(edge, JobQuery.class, edge.view("VIEW_TABLE", projection.name()), JobQuery::answer)
                .folding(edge.events(), FieldOps.LANGUAGE, projection, q -> FieldOps.stream(q.jobId()))
                .entity(q -> FieldOps.stream(q.jobId()));
    }

    @Funq("job-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("job-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("job")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
