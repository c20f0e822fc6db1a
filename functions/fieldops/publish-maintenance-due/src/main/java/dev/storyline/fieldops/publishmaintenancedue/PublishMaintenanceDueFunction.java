package dev.storyline.fieldops.publishmaintenancedue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-maintenance-due. */
@Singleton
public class PublishMaintenanceDueFunction {
    private final FeedDoor feed;

    public PublishMaintenanceDueFunction(Edge edge) {
        feed = FeedDoor.of(edge, FieldOps.LANGUAGE, new PublishMaintenanceDue());
    }

    @Funq("publish-maintenance-due-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-maintenance-due-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
