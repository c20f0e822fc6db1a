package dev.storyline.fieldops.registerequipment;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of register-equipment. */
@Singleton
public class RegisterEquipmentFunction {
    private final OuterDoor<RegisterEquipment, RegisterEquipment> outer;
    private final InnerDoor<RegisterEquipment> inner;

    public RegisterEquipmentFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new RegisterEquipmentDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                RegisterEquipment.class,
                r -> FieldOps.stream(r.equipmentId()),
                new RegisterEquipmentGatekeeper());
        inner = InnerDoor.of(edge, handler, RegisterEquipment.class, c -> FieldOps.stream(c.equipmentId()));
    }

    @Funq("register-equipment")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("register-equipment-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
