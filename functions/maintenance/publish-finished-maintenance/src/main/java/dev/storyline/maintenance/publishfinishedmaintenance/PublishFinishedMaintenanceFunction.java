package dev.storyline.maintenance.publishfinishedmaintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-finished-maintenance. */
@Singleton
public class PublishFinishedMaintenanceFunction {
    private final FeedDoor feed;

    public PublishFinishedMaintenanceFunction(Edge edge) {
        feed = FeedDoor.of(edge, Maintenance.LANGUAGE, new PublishFinishedMaintenance());
    }

    @Funq("publish-finished-maintenance-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-finished-maintenance-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
