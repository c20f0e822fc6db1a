package dev.storyline.fieldops.releasecrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of release-crew. */
@Singleton
public class ReleaseCrewFunction {
    private final InnerDoor<ReleaseCrew> inner;

    public ReleaseCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ReleaseCrewDecider());
        inner = InnerDoor.of(edge, handler, ReleaseCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("release-crew-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
