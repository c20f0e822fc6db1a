package dev.storyline.orders.publishorders;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-orders. */
@Singleton
public class PublishOrdersFunction {
    private final FeedEndpoint feed;

    public PublishOrdersFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, new PublishOrders());
    }

    @Funq("publish-orders-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-orders-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
