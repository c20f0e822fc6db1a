package dev.storyline.fieldops.billing;

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

/** The feed and the query of billing. */
@Singleton
public class BillingFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<BillingQuery> query;

    public BillingFunction(Edge edge) {
        var projection = new BillingProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge, BillingQuery.class, edge.view("VIEW_TABLE", projection.name()), BillingQuery::answer)
                .folding(edge.events(), FieldOps.LANGUAGE, projection, q -> FieldOps.stream(q.jobId()))
                .entity(q -> FieldOps.stream(q.jobId()));
    }

    @Funq("billing-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("billing-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("billing")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
