package dev.storyline.wishes.publishwishupdates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-wish-updates. */
@Singleton
public class PublishWishUpdatesFunction {
    private final FeedEndpoint feed;

    public PublishWishUpdatesFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Wishes.LANGUAGE, new PublishWishUpdates());
    }

    @Funq("publish-wish-updates-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-wish-updates-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
