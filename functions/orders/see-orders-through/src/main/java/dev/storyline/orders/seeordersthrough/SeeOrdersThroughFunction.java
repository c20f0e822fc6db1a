package dev.storyline.orders.seeordersthrough;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of see-orders-through. */
@Singleton
public class SeeOrdersThroughFunction {
    private final FeedEndpoint feed;

    public SeeOrdersThroughFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, new SeeOrdersThrough());
    }

    @Funq("see-orders-through-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("see-orders-through-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
