package dev.storyline.fieldops.registercrew;

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

/** The endpoints of register-crew. */
@Singleton
public class RegisterCrewFunction {
    private final HttpCommandEndpoint<RegisterCrew, RegisterCrew> http;
    private final InternalCommandEndpoint<RegisterCrew> internal;

    public RegisterCrewFunction(Edge edge) {
        var handler = edge.creating(FieldOps.LANGUAGE, new RegisterCrewDecider());
        http = HttpCommandEndpoint.of(
                        edge,
                        handler,
                        RegisterCrew.class,
                        r -> FieldOps.stream(r.crewId()),
                        new RegisterCrewGatekeeper())
                .making("/fieldops/crews/{crewId}/schedule");
        internal = InternalCommandEndpoint.of(edge, handler, RegisterCrew.class, c -> FieldOps.stream(c.crewId()));
    }

    @Funq("register-crew")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("register-crew-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
