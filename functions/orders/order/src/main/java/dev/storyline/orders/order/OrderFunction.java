package dev.storyline.orders.order;

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

/** The feed and the query of order. */
@Singleton
public class OrderFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<OrderQuery> query;

    public OrderFunction(Edge edge) {
        var projection = new OrderProjection();
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, projection);
        query = QueryEndpoint.of(edge, OrderQuery.class, edge.view("VIEW_TABLE", projection.name()), OrderQuery::answer)
                .folding(edge.events(), Orders.LANGUAGE, projection, q -> Orders.stream(q.orderId()))
                .entity(q -> Orders.stream(q.orderId()))
                .owned(q -> Orders.stream(q.orderId()), OrderQuery::owner, "warehouse");
    }

    @Funq("order-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("order-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("order")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
