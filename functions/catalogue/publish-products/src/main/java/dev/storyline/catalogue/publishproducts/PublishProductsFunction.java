package dev.storyline.catalogue.publishproducts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of publish-products. */
@Singleton
public class PublishProductsFunction {
    private final FeedEndpoint feed;

    public PublishProductsFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, Catalogue.LANGUAGE, new PublishProducts());
    }

    @Funq("publish-products-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("publish-products-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
