package dev.storyline.fieldops.resetmaintenanceinterval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of reset-maintenance-interval. */
@Singleton
public class ResetMaintenanceIntervalFunction {
    private final InternalCommandEndpoint<ResetMaintenanceInterval> internal;
    private final TranslationEndpoint<MaintenanceDone, ResetMaintenanceInterval> translation;

    public ResetMaintenanceIntervalFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ResetMaintenanceIntervalDecider());
        internal = InternalCommandEndpoint.of(
                edge, handler, ResetMaintenanceInterval.class, c -> FieldOps.stream(c.equipmentId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                MaintenanceDone.TYPE,
                MaintenanceDone.class,
                e -> FieldOps.stream(e.equipmentId()),
                (e, occasion) -> new ResetMaintenanceInterval(e.equipmentId(), e.at()));
    }

    @Funq("reset-maintenance-interval-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("reset-maintenance-interval-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
