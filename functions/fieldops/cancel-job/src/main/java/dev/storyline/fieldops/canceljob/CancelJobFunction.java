package dev.storyline.fieldops.canceljob;

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

/** The doors of cancel-job. */
@Singleton
public class CancelJobFunction {
    private final OuterDoor<CancelJob, CancelJob> outer;
    private final InnerDoor<CancelJob> inner;

    public CancelJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CancelJobDecider());
        outer = OuterDoor.of(
                edge, handler, CancelJob.class, r -> FieldOps.stream(r.jobId()), new CancelJobGatekeeper());
        inner = InnerDoor.of(edge, handler, CancelJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("cancel-job")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("cancel-job-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
