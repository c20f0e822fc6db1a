package dev.storyline.inventory.lowstock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of low-stock. */
@Singleton
public class LowStockFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<LowStockQuery> query;

    public LowStockFunction(Edge edge) {
        var projection = new LowStockProjection();
        feed = FeedEndpoint.of(edge, Inventory.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, LowStockQuery.class, edge.view("VIEW_TABLE", projection.name()), LowStockQuery::answer);
    }

    @Funq("low-stock-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("low-stock-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("low-stock")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
