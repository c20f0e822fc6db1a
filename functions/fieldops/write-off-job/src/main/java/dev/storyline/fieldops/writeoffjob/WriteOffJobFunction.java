package dev.storyline.fieldops.writeoffjob;

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

/** The endpoints of write-off-job. */
@Singleton
public class WriteOffJobFunction {
    private final HttpCommandEndpoint<WriteOffJob, WriteOffJob> http;
    private final InternalCommandEndpoint<WriteOffJob> internal;

    public WriteOffJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new WriteOffJobDecider());
        http = HttpCommandEndpoint.of(
                edge, handler, WriteOffJob.class, r -> FieldOps.stream(r.jobId()), new WriteOffJobGatekeeper());
        internal = InternalCommandEndpoint.of(edge, handler, WriteOffJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("write-off-job")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("write-off-job-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
