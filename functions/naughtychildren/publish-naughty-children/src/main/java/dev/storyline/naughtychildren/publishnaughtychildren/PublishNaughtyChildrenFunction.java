package dev.storyline.naughtychildren.publishnaughtychildren;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.naughtychildren.NaughtyChildren;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-naughty-children. */
@Singleton
public class PublishNaughtyChildrenFunction {
    private final FeedEndpoint feed;

    public PublishNaughtyChildrenFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, NaughtyChildren.LANGUAGE, new PublishNaughtyChildren());
    }

    @Funq("publish-naughty-children-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-naughty-children-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
