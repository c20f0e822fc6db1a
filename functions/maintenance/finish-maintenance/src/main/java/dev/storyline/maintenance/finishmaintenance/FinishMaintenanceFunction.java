package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of finish-maintenance. */
@Singleton
public class FinishMaintenanceFunction {
    private final HttpCommandEndpoint<FinishMaintenanceRequest, FinishMaintenance> http;
    private final InternalCommandEndpoint<FinishMaintenance> internal;

    public FinishMaintenanceFunction(Edge edge) {
        var handler = edge.handler(Maintenance.LANGUAGE, new FinishMaintenanceDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                FinishMaintenanceRequest.class,
                r -> Maintenance.stream(r.equipmentId()),
                new FinishMaintenanceGatekeeper());
        internal = InternalCommandEndpoint.of(
                edge, handler, FinishMaintenance.class, c -> Maintenance.stream(c.equipmentId()));
    }

    @Funq("finish-maintenance")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("finish-maintenance-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
