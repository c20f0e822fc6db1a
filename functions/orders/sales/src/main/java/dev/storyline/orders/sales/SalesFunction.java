package dev.storyline.orders.sales;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of sales. */
@Singleton
public class SalesFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<SalesQuery> query;

    public SalesFunction(Edge edge) {
        var projection = new SalesProjection();
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                SalesQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view) -> q.answer(view, edge.clock()));
    }

    @Funq("sales-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("sales-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("sales")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
