package dev.storyline.wishes.childwishes;

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

/** The feed and the query of child-wishes. */
@Singleton
public class ChildWishesFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<ChildWishes.Query> query;

    public ChildWishesFunction(Edge edge) {
        var projection = new ChildWishesProjection();
        feed = FeedEndpoint.of(edge, Wishes.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        ChildWishes.Query.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        ChildWishesQuery::answer)
                .folding(edge.events(), Wishes.LANGUAGE, projection, q -> Wishes.stream(q.childId()))
                .entity(q -> Wishes.stream(q.childId()))
                .own(ChildWishes.Query::childId, "elf");
    }

    @Funq("child-wishes-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("child-wishes-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("child-wishes")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
