package dev.storyline.wishes.wishbyid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of wish-by-id. */
@Singleton
public class WishByIdFunction {
    private final FeedDoor feed;
    private final QueryDoor<WishById> query;

    public WishByIdFunction(Edge edge) {
        var projection = new WishByIdProjection();
        feed = FeedDoor.of(edge, Wishes.LANGUAGE, projection);
        query = QueryDoor.of(edge, WishById.class, edge.view("VIEW_TABLE", projection.name()), WishById::answer);
    }

    @Funq("wish-by-id-feed")
    public FeedReply feed(JsonNode batch) {
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
