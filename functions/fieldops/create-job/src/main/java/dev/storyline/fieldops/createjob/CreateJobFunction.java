package dev.storyline.fieldops.createjob;

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

/** The doors of create-job. */
@Singleton
public class CreateJobFunction {
    private final OuterDoor<CreateJobRequest, CreateJob> outer;
    private final InnerDoor<CreateJob> inner;

    public CreateJobFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CreateJobDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                CreateJobRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new CreateJobGatekeeper(edge.fold(FieldOps.LANGUAGE, Region.FOLD)));
        inner = InnerDoor.of(edge, handler, CreateJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("create-job")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("create-job-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
