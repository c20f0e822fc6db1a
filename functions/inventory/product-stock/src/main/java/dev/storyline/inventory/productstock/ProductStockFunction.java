package dev.storyline.inventory.productstock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of product-stock. */
@Singleton
public class ProductStockFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<ProductStockQuery> query;

    public ProductStockFunction(Edge edge) {
        var projection = new ProductStockProjection();
        var shards = StockShards.of(edge.settings().list("STOCK_SHARDS"));
        feed = FeedEndpoint.of(edge, Inventory.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        ProductStockQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        (q, view) -> q.answer(view, shards))
                .folding(edge.events(), Inventory.LANGUAGE, projection, q -> Inventory.stream(q.productId()))
                .entity(q -> Inventory.stream(q.productId()));
    }

    @Funq("product-stock-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("product-stock-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("product-stock")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
