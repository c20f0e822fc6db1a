package dev.storyline.fieldops.jobboard;

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

/** The feed and the query of job-board. */
@Singleton
public class JobBoardFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<JobBoardQuery> query;

    public JobBoardFunction(Edge edge) {
        var projection = new JobBoardProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge, JobBoardQuery.class, edge.view("VIEW_TABLE", projection.name()), JobBoardQuery::answer)
                .within(q -> FieldOps.stream(q.regionId()));
    }

    @Funq("job-board-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("job-board-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("job-board")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
