package dev.storyline.fieldops.assigncrew;

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

/** The doors of assign-crew. */
@Singleton
public class AssignCrewFunction {
    private final OuterDoor<AssignCrew, AssignCrew> outer;
    private final InnerDoor<AssignCrew> inner;

    public AssignCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new AssignCrewDecider());
        outer = OuterDoor.of(
                edge, handler, AssignCrew.class, r -> FieldOps.stream(r.jobId()), (r, occasion) -> Gate.open(r));
        inner = InnerDoor.of(edge, handler, AssignCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("assign-crew")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("assign-crew-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
