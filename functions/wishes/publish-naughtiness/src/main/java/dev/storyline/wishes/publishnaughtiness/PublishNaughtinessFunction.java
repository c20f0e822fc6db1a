package dev.storyline.wishes.publishnaughtiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-naughtiness. */
@Singleton
public class PublishNaughtinessFunction {
    private final FeedDoor feed;

    public PublishNaughtinessFunction(Edge edge) {
        feed = FeedDoor.of(edge, Wishes.LANGUAGE, new PublishNaughtiness());
    }

    @Funq("publish-naughtiness-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-naughtiness-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
