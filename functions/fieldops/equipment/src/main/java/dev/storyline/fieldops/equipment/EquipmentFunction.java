package dev.storyline.fieldops.equipment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of equipment. */
@Singleton
public class EquipmentFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<EquipmentQuery> query;

    public EquipmentFunction(Edge edge) {
        var projection = new EquipmentProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, EquipmentQuery.class, edge.view("VIEW_TABLE", projection.name()), EquipmentQuery::answer);
    }

    @Funq("equipment-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("equipment-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("equipment")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
