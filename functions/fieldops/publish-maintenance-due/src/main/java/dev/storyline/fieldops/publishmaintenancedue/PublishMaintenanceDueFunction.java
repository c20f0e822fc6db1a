package dev.storyline.fieldops.publishmaintenancedue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-maintenance-due. */
@Singleton
public class PublishMaintenanceDueFunction {
    private final FeedEndpoint feed;

    public PublishMaintenanceDueFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, new PublishMaintenanceDue());
    }

    @Funq("publish-maintenance-due-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-maintenance-due-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
