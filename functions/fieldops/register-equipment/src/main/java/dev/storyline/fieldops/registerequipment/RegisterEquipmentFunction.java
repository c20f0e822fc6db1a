package dev.storyline.fieldops.registerequipment;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of register-equipment. */
@Singleton
public class RegisterEquipmentFunction {
    private final HttpCommandEndpoint<RegisterEquipment, RegisterEquipment> http;
    private final InternalCommandEndpoint<RegisterEquipment> internal;

    public RegisterEquipmentFunction(Edge edge) {
        var handler = edge.creating(FieldOps.LANGUAGE, new RegisterEquipmentDecider());
        http = HttpCommandEndpoint.of(
                        edge,
                        handler,
                        RegisterEquipment.class,
                        r -> FieldOps.stream(r.equipmentId()),
                        new RegisterEquipmentGatekeeper())
                .making("/fieldops/equipment/{equipmentId}/usage");
        internal = InternalCommandEndpoint.of(
                edge, handler, RegisterEquipment.class, c -> FieldOps.stream(c.equipmentId()));
    }

    @Funq("register-equipment")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("register-equipment-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
