package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.Maintenance;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of finish-maintenance. */
@Singleton
public class FinishMaintenanceFunction {
    private final OuterDoor<FinishMaintenanceRequest, FinishMaintenance> outer;
    private final InnerDoor<FinishMaintenance> inner;

    public FinishMaintenanceFunction(Edge edge) {
        var handler = edge.handler(Maintenance.LANGUAGE, new FinishMaintenanceDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                FinishMaintenanceRequest.class,
                r -> Maintenance.stream(r.equipmentId()),
                new FinishMaintenanceGatekeeper());
        inner = InnerDoor.of(edge, handler, FinishMaintenance.class, c -> Maintenance.stream(c.equipmentId()));
    }

    @Funq("finish-maintenance")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("finish-maintenance-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
