package dev.storyline.fieldops.equipmentusage;

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

/** The feed and the query of equipment-usage. */
@Singleton
public class EquipmentUsageFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<EquipmentUsageQuery> query;

    public EquipmentUsageFunction(Edge edge) {
        var projection = new EquipmentUsageProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        EquipmentUsageQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        EquipmentUsageQuery::answer)
                .entity(q -> FieldOps.stream(q.equipmentId()));
    }

    @Funq("equipment-usage-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("equipment-usage-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("equipment-usage")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
