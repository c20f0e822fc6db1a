package dev.storyline.catalogue.product;

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

/** The feed and the query of product. */
@Singleton
public class ProductFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<ProductQuery> query;

    public ProductFunction(Edge edge) {
        var projection = new ProductProjection();
        feed = FeedEndpoint.of(edge, Catalogue.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        ProductQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        (q, view) -> q.answer(view, edge.clock()))
                .folding(edge.events(), Catalogue.LANGUAGE, projection, q -> Catalogue.stream(q.productId()))
                .entity(q -> Catalogue.stream(q.productId()));
    }

    @Funq("product-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("product-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("product")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
