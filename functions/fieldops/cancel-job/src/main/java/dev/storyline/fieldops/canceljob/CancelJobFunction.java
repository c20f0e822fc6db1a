package dev.storyline.fieldops.canceljob;

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

/** The endpoints of cancel-job. */
@Singleton
public class CancelJobFunction {
    private final HttpCommandEndpoint<CancelJob, CancelJob> http;
    private final InternalCommandEndpoint<CancelJob> internal;

    public CancelJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CancelJobDecider());
        http = HttpCommandEndpoint.of(
                edge, handler, CancelJob.class, r -> FieldOps.stream(r.jobId()), new CancelJobGatekeeper());
        internal = InternalCommandEndpoint.of(edge, handler, CancelJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("cancel-job")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("cancel-job-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
