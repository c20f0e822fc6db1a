package dev.storyline.fieldops.createjob;

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

/** The endpoints of create-job. */
@Singleton
public class CreateJobFunction {
    private final HttpCommandEndpoint<CreateJobRequest, CreateJob> http;
    private final InternalCommandEndpoint<CreateJob> internal;

    public CreateJobFunction(Edge edge) {
        var handler = edge.creating(FieldOps.LANGUAGE, new CreateJobDecider());
        http = HttpCommandEndpoint.of(
                        edge,
                        handler,
                        CreateJobRequest.class,
                        r -> FieldOps.stream(r.jobId()),
                        new CreateJobGatekeeper(edge.fold(FieldOps.LANGUAGE, Region.FOLD)))
                .making("/fieldops/jobs/{jobId}");
        internal = InternalCommandEndpoint.of(edge, handler, CreateJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("create-job")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("create-job-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
