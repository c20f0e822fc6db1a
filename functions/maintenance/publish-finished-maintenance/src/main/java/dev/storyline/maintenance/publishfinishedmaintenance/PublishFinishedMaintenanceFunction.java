package dev.storyline.maintenance.publishfinishedmaintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-finished-maintenance. */
@Singleton
public class PublishFinishedMaintenanceFunction {
    private final FeedEndpoint feed;

    public PublishFinishedMaintenanceFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Maintenance.LANGUAGE, new PublishFinishedMaintenance());
    }

    @Funq("publish-finished-maintenance-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-finished-maintenance-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
