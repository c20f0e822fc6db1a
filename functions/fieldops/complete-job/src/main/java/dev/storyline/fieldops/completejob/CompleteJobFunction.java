package dev.storyline.fieldops.completejob;

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

/** The doors of complete-job. */
@Singleton
public class CompleteJobFunction {
    private final OuterDoor<CompleteJobRequest, CompleteJob> outer;
    private final InnerDoor<CompleteJob> inner;

    public CompleteJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CompleteJobDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                CompleteJobRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new CompleteJobGatekeeper(edge.fold(FieldOps.LANGUAGE, CrewRates.FOLD)));
        inner = InnerDoor.of(edge, handler, CompleteJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("complete-job")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("complete-job-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
