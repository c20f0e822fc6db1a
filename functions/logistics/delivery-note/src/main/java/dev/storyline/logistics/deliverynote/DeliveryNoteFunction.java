package dev.storyline.logistics.deliverynote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of delivery-note. */
@Singleton
public class DeliveryNoteFunction {
    private final FeedDoor feed;
    private final QueryDoor<DeliveryNoteQuery> query;

    public DeliveryNoteFunction(Edge edge) {
        var projection = new DeliveryNoteProjection();
        feed = FeedDoor.of(edge, Logistics.LANGUAGE, projection);
        query = QueryDoor.of(
                edge, DeliveryNoteQuery.class, edge.view("VIEW_TABLE", projection.name()), DeliveryNoteQuery::answer);
    }

    @Funq("delivery-note-feed")
    public FeedReply feed(JsonNode batch) {
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
