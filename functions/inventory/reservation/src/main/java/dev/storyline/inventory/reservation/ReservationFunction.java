package dev.storyline.inventory.reservation;

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

/** The feed and the query of reservation. */
@Singleton
public class ReservationFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<ReservationQuery> query;

    public ReservationFunction(Edge edge) {
        var projection = new ReservationProjection();
        feed = FeedEndpoint.of(edge, Inventory.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        ReservationQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        ReservationQuery::answer)
                .folding(edge.events(), Inventory.LANGUAGE, projection, q -> Inventory.stream(q.orderId()))
                .entity(q -> Inventory.stream(q.orderId()));
    }

    @Funq("reservation-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("reservation-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("reservation")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
