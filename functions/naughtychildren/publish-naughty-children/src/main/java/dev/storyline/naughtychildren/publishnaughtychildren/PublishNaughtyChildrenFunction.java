package dev.storyline.naughtychildren.publishnaughtychildren;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.naughtychildren.NaughtyChildren;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-naughty-children. */
@Singleton
public class PublishNaughtyChildrenFunction {
    private final FeedDoor feed;

    public PublishNaughtyChildrenFunction(Edge edge) {
        feed = FeedDoor.of(edge, NaughtyChildren.LANGUAGE, new PublishNaughtyChildren());
    }

    @Funq("publish-naughty-children-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-naughty-children-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
