package dev.storyline.accounting.revenue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of revenue. */
@Singleton
public class RevenueFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<RevenueQuery> query;

    public RevenueFunction(Edge edge) {
        var projection = new RevenueProjection();
        feed = FeedEndpoint.of(edge, Accounting.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                RevenueQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view) -> q.answer(view, edge.clock()));
    }

    @Funq("revenue-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("revenue-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("revenue")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
