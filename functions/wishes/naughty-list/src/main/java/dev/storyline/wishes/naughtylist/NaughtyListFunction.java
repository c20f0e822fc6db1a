package dev.storyline.wishes.naughtylist;

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

/** The feed and the query of naughty-list. */
@Singleton
public class NaughtyListFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<NaughtyList.Query> query;

    public NaughtyListFunction(Edge edge) {
        var projection = new NaughtyListProjection();
        feed = FeedEndpoint.of(edge, Wishes.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                NaughtyList.Query.class,
                edge.view("VIEW_TABLE", projection.name()),
                new NaughtyListQuery(edge.clock())::answer);
    }

    @Funq("naughty-list-feed")
    public PartialBatchResponse feed(JsonNode batch) {
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
