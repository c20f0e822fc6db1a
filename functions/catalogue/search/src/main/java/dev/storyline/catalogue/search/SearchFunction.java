package dev.storyline.catalogue.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of search. */
@Singleton
public class SearchFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<SearchQuery> query;

    public SearchFunction(Edge edge) {
        var projection = new SearchProjection();
        var reads = new Reads(edge.tasks());
        feed = FeedEndpoint.of(edge, Catalogue.LANGUAGE, projection);
        query = QueryEndpoint.ranked(
                edge,
                SearchQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view, page) -> q.answer(view, page, reads, edge.clock().instant()));
    }

    @Funq("search-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("search-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("search")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
