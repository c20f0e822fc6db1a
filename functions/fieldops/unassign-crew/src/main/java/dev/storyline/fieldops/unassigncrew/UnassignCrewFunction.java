package dev.storyline.fieldops.unassigncrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of unassign-crew. */
@Singleton
public class UnassignCrewFunction {
    private final OuterDoor<UnassignCrew, UnassignCrew> outer;
    private final InnerDoor<UnassignCrew> inner;

    public UnassignCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new UnassignCrewDecider());
        outer = OuterDoor.of(
                edge, handler, UnassignCrew.class, r -> FieldOps.stream(r.jobId()), (r, occasion) -> Gate.open(r));
        inner = InnerDoor.of(edge, handler, UnassignCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("unassign-crew")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("unassign-crew-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
