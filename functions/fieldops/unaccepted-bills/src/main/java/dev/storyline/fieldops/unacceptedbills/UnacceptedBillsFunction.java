package dev.storyline.fieldops.unacceptedbills;

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

/** The feed and the query of unaccepted-bills. */
@Singleton
public class UnacceptedBillsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<UnacceptedBillsQuery> query;

    public UnacceptedBillsFunction(Edge edge) {
        var projection = new UnacceptedBillsProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        UnacceptedBillsQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        UnacceptedBillsQuery::answer)
                .within(q -> FieldOps.stream(q.regionId()));
    }

    @Funq("unaccepted-bills-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("unaccepted-bills-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("unaccepted-bills")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
