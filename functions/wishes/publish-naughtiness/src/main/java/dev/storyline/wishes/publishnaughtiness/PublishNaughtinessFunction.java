package dev.storyline.wishes.publishnaughtiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-naughtiness. */
@Singleton
public class PublishNaughtinessFunction {
    private final FeedEndpoint feed;

    public PublishNaughtinessFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Wishes.LANGUAGE, new PublishNaughtiness());
    }

    @Funq("publish-naughtiness-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-naughtiness-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
