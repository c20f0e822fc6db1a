package dev.storyline.wishes.publishwishupdates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-wish-updates. */
@Singleton
public class PublishWishUpdatesFunction {
    private final FeedDoor feed;

    public PublishWishUpdatesFunction(Edge edge) {
        feed = FeedDoor.of(edge, Wishes.LANGUAGE, new PublishWishUpdates());
    }

    @Funq("publish-wish-updates-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-wish-updates-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
