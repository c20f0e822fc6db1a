package dev.storyline.fieldops.reschedulejob;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.eventstore.CommandHandler;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of reschedule-job. */
@Singleton
public class RescheduleJobFunction {
    private final HttpCommandEndpoint<RescheduleJobRequest, RescheduleJob> http;
    private final InternalCommandEndpoint<RescheduleJob> internal;

    public RescheduleJobFunction(Edge edge) {
        CommandHandler<RescheduleJob, ?, ?> handler =
                edge.settings().require("CONSISTENCY").equals("strict")
                        ? edge.handler(FieldOps.LANGUAGE, new RescheduleJobStrictly())
                        : edge.handler(FieldOps.LANGUAGE, new RescheduleJobDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                RescheduleJobRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new RescheduleJobGatekeeper());
        internal = InternalCommandEndpoint.of(edge, handler, RescheduleJob.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("reschedule-job")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("reschedule-job-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
