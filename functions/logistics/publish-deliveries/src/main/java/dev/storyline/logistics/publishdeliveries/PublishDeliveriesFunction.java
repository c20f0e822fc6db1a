package dev.storyline.logistics.publishdeliveries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-deliveries. */
@Singleton
public class PublishDeliveriesFunction {
    private final FeedEndpoint feed;

    public PublishDeliveriesFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Logistics.LANGUAGE, new PublishDeliveries());
    }

    @Funq("publish-deliveries-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-deliveries-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
