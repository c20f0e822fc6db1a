package dev.storyline.orders.offer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of offer. */
@Singleton
public class OfferFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<OfferQuery> query;

    public OfferFunction(Edge edge) {
        var projection = new OfferProjection();
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, projection);
        query = QueryEndpoint.of(edge, OfferQuery.class, edge.view("VIEW_TABLE", projection.name()), OfferQuery::answer)
                .folding(edge.events(), Orders.LANGUAGE, projection, q -> Orders.stream(q.productId()))
                .entity(q -> Orders.stream(q.productId()));
    }

    @Funq("offer-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("offer-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("offer")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
