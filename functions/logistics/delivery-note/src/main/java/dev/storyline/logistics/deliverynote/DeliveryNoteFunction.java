package dev.storyline.logistics.deliverynote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of delivery-note. */
@Singleton
public class DeliveryNoteFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<DeliveryNoteQuery> query;

    public DeliveryNoteFunction(Edge edge) {
        var projection = new DeliveryNoteProjection();
        feed = FeedEndpoint.of(edge, Logistics.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        DeliveryNoteQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        DeliveryNoteQuery::answer)
                .entity(q -> Logistics.stream(q.wishId()));
    }

    @Funq("delivery-note-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("delivery-note-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("delivery-note")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
