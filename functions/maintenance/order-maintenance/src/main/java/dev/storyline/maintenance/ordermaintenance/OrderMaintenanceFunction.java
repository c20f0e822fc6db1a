package dev.storyline.maintenance.ordermaintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of order-maintenance. */
@Singleton
public class OrderMaintenanceFunction {
    private final TranslationEndpoint<MaintenanceDue, OrderMaintenance> translation;

    public OrderMaintenanceFunction(Edge edge) {
        var handler = edge.handler(Maintenance.LANGUAGE, new OrderMaintenanceDecider());
        translation = TranslationEndpoint.of(
                edge,
                handler,
                MaintenanceDue.TYPE,
                MaintenanceDue.class,
                e -> Maintenance.stream(e.equipmentId()),
                (e, occasion) ->
                        new OrderMaintenance(e.equipmentId(), e.hoursSinceService(), e.serviceIntervalHours(), e.at()));
    }

    @Funq("order-maintenance-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
