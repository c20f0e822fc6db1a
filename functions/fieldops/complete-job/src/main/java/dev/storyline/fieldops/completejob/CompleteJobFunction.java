package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewRates;
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

/** The endpoints of complete-job. */
@Singleton
public class CompleteJobFunction {
    private final HttpCommandEndpoint<CompleteJobRequest, CompleteJob> http;
    private final InternalCommandEndpoint<CompleteJob> internal;

    public CompleteJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CompleteJobDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                CompleteJobRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new CompleteJobGatekeeper(edge.fold(FieldOps.LANGUAGE, CrewRates.FOLD)));
        internal = InternalCommandEndpoint.of(edge, handler, CompleteJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("complete-job")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("complete-job-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
