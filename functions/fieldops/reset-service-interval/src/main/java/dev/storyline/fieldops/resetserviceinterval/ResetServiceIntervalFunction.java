package dev.storyline.fieldops.resetserviceinterval;

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

/** The doors of reset-service-interval. */
@Singleton
public class ResetServiceIntervalFunction {
    private final InnerDoor<ResetServiceInterval> inner;
    private final TranslationDoor<MaintenanceDone, ResetServiceInterval> translation;

    public ResetServiceIntervalFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ResetServiceIntervalDecider());
        inner = InnerDoor.of(edge, handler, ResetServiceInterval.class, c -> FieldOps.stream(c.equipmentId()));
        translation = TranslationDoor.of(
                edge,
                handler,
                MaintenanceDone.TYPE,
                MaintenanceDone.class,
                e -> FieldOps.stream(e.equipmentId()),
                (e, occasion) -> new ResetServiceInterval(e.equipmentId(), e.at()));
    }

    @Funq("reset-service-interval-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }

    @Funq("reset-service-interval-translation")
    public FeedReply translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
