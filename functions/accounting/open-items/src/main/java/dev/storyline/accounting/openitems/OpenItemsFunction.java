package dev.storyline.accounting.openitems;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of open-items. */
@Singleton
public class OpenItemsFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<OpenItemsQuery> query;

    public OpenItemsFunction(Edge edge) {
        var projection = new OpenItemsProjection();
        feed = FeedEndpoint.of(edge, Accounting.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                OpenItemsQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view) -> q.answer(view, edge.clock()));
    }

    @Funq("open-items-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("open-items-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("open-items")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
