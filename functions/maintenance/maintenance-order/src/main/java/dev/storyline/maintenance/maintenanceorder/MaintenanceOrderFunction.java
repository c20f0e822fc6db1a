package dev.storyline.maintenance.maintenanceorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of maintenance-order. */
@Singleton
public class MaintenanceOrderFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<MaintenanceOrderQuery> query;

    public MaintenanceOrderFunction(Edge edge) {
        var projection = new MaintenanceOrderProjection();
        feed = FeedEndpoint.of(edge, Maintenance.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        MaintenanceOrderQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        MaintenanceOrderQuery::answer)
                .entity(q -> Maintenance.stream(q.equipmentId()));
    }

    @Funq("maintenance-order-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("maintenance-order-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("maintenance-order")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
