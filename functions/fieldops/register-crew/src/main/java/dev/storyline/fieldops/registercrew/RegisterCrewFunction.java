package dev.storyline.fieldops.registercrew;

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

/** The doors of register-crew. */
@Singleton
public class RegisterCrewFunction {
    private final OuterDoor<RegisterCrew, RegisterCrew> outer;
    private final InnerDoor<RegisterCrew> inner;

    public RegisterCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new RegisterCrewDecider());
        outer = OuterDoor.of(
                edge, handler, RegisterCrew.class, r -> FieldOps.stream(r.crewId()), new RegisterCrewGatekeeper());
        inner = InnerDoor.of(edge, handler, RegisterCrew.class, c -> FieldOps.stream(c.crewId()));
    }

    @Funq("register-crew")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("register-crew-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
