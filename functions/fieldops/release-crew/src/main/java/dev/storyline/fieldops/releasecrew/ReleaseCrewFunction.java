package dev.storyline.fieldops.releasecrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of release-crew. */
@Singleton
public class ReleaseCrewFunction {
    private final InternalCommandEndpoint<ReleaseCrew> internal;

    public ReleaseCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ReleaseCrewDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ReleaseCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("release-crew-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
