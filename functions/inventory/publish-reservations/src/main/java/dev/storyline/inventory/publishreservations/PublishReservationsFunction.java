package dev.storyline.inventory.publishreservations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-reservations. */
@Singleton
public class PublishReservationsFunction {
    private final FeedEndpoint feed;

    public PublishReservationsFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Inventory.LANGUAGE, new PublishReservations());
    }

    @Funq("publish-reservations-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-reservations-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
