package dev.storyline.fieldops.completejob;

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

/** The doors of complete-job. */
@Singleton
public class CompleteJobFunction {
    private final HttpCommandEndpoint<CompleteJobRequest, CompleteJob> outer;
    private final InternalCommandEndpoint<CompleteJob> inner;

    public CompleteJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CompleteJobDecider());
        outer = HttpCommandEndpoint.of(
                edge,
                handler,
                CompleteJobRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new CompleteJobGatekeeper(edge.fold(FieldOps.LANGUAGE, CrewRates.FOLD)));
        inner = InternalCommandEndpoint.of(edge, handler, CompleteJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("complete-job")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("complete-job-inner")
    public InternalCommandReply inner(InternalCommand command) {
        return inner.handle(command);
    }
}
