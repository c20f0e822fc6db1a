package dev.storyline.fieldops.resetmaintenanceinterval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.TranslationDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of reset-maintenance-interval. */
@Singleton
public class ResetMaintenanceIntervalFunction {
    private final InnerDoor<ResetMaintenanceInterval> inner;
    private final TranslationDoor<MaintenanceDone, ResetMaintenanceInterval> translation;

    public ResetMaintenanceIntervalFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ResetMaintenanceIntervalDecider());
        inner = InnerDoor.of(edge, handler, ResetMaintenanceInterval.class, c -> FieldOps.stream(c.equipmentId()));
        translation = TranslationDoor.of(
                edge,
                handler,
                MaintenanceDone.TYPE,
                MaintenanceDone.class,
                e -> FieldOps.stream(e.equipmentId()),
                (e, occasion) -> new ResetMaintenanceInterval(e.equipmentId(), e.at()));
    }

    @Funq("reset-maintenance-interval-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }

    @Funq("reset-maintenance-interval-translation")
    public FeedReply translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
