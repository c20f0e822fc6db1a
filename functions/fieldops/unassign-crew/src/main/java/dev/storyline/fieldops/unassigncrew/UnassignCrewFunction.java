package dev.storyline.fieldops.unassigncrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of unassign-crew. */
@Singleton
public class UnassignCrewFunction {
    private final HttpCommandEndpoint<UnassignCrew, UnassignCrew> http;
    private final InternalCommandEndpoint<UnassignCrew> internal;

    public UnassignCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new UnassignCrewDecider());
        http = HttpCommandEndpoint.of(
                edge, handler, UnassignCrew.class, r -> FieldOps.stream(r.jobId()), (r, occasion) -> Gate.open(r));
        internal = InternalCommandEndpoint.of(edge, handler, UnassignCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("unassign-crew")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("unassign-crew-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
