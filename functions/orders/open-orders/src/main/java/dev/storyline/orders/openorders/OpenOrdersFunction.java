package dev.storyline.orders.openorders;

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

/** The feed and the query of open-orders. */
@Singleton
public class OpenOrdersFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<OpenOrdersQuery> query;

    public OpenOrdersFunction(Edge edge) {
        var projection = new OpenOrdersProjection();
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, OpenOrdersQuery.class, edge.view("VIEW_TABLE", projection.name()), OpenOrdersQuery::answer);
    }

    @Funq("open-orders-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("open-orders-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("open-orders")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
