package dev.storyline.wishes.naughtylist;

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

/** The feed and the query of naughty-list. */
@Singleton
public class NaughtyListFunction {
    private final FeedDoor feed;
    private final QueryDoor<NaughtyList.Query> query;

    public NaughtyListFunction(Edge edge) {
        var projection = new NaughtyListProjection();
        feed = FeedDoor.of(edge, Wishes.LANGUAGE, projection);
        query = QueryDoor.of(
                edge,
                NaughtyList.Query.class,
                edge.view("VIEW_TABLE", projection.name()),
                new NaughtyListQuery(edge.clock())::answer);
    }

    @Funq("naughty-list-feed")
    public FeedReply feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("naughty-list-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("naughty-list")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
