package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.Booking;
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

/** The endpoints of assign-crew. */
@Singleton
public class AssignCrewFunction {
    private final HttpCommandEndpoint<AssignCrewRequest, AssignCrew> http;
    private final InternalCommandEndpoint<AssignCrew> internal;

    public AssignCrewFunction(Edge edge) {
        CommandHandler<AssignCrew, ?, ?> handler =
                edge.settings().require("CONSISTENCY").equals("strict")
                        ? edge.handler(FieldOps.LANGUAGE, new AssignCrewStrictly())
                        : edge.handler(FieldOps.LANGUAGE, new AssignCrewDecider());
        var gate = new AssignCrewGatekeeper(
                edge.fold(FieldOps.LANGUAGE, PlannedJob.FOLD),
                edge.fold(FieldOps.LANGUAGE, CrewClass.FOLD),
                edge.view("CREW_SCHEDULE_TABLE", Booking.PROJECTION));
        http = HttpCommandEndpoint.of(edge, handler, AssignCrewRequest.class, r -> FieldOps.stream(r.jobId()), gate)
                .making("/fieldops/jobs/{jobId}");
        internal = InternalCommandEndpoint.of(edge, handler, AssignCrew.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("assign-crew")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("assign-crew-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
