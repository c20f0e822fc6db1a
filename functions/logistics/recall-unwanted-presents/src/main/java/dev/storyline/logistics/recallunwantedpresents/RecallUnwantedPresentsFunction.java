package dev.storyline.logistics.recallunwantedpresents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of recall-unwanted-presents. */
@Singleton
public class RecallUnwantedPresentsFunction {
    private final FeedEndpoint feed;

    public RecallUnwantedPresentsFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Logistics.LANGUAGE, new RecallUnwantedPresents());
    }

    @Funq("recall-unwanted-presents-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("recall-unwanted-presents-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
