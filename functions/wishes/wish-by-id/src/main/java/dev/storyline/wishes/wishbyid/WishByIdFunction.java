package dev.storyline.wishes.wishbyid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of wish-by-id. */
@Singleton
public class WishByIdFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<WishById> query;

    public WishByIdFunction(Edge edge) {
        var projection = new WishByIdProjection();
        feed = FeedEndpoint.of(edge, Wishes.LANGUAGE, projection);
        query = QueryEndpoint.of(edge, WishById.class, edge.view("VIEW_TABLE", projection.name()), WishById::answer)
                .entity(WishById::stream);
    }

    @Funq("wish-by-id-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("wish-by-id-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("wish-by-id")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
