package dev.storyline.fieldops.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of billing. */
@Singleton
public class BillingFunction {
    private final FeedDoor feed;
    private final QueryDoor<BillingQuery> query;

    public BillingFunction(Edge edge) {
        var projection = new BillingProjection();
        feed = FeedDoor.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryDoor.of(edge, BillingQuery.class, edge.view("VIEW_TABLE", projection.name()), BillingQuery::answer)
                .folding(edge.events(), FieldOps.LANGUAGE, projection, q -> FieldOps.stream(q.jobId()));
    }

    @Funq("billing-feed")
    public FeedReply feed(JsonNode batch) {
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
