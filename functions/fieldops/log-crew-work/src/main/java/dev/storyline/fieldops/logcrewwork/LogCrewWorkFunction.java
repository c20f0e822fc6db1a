package dev.storyline.fieldops.logcrewwork;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of log-crew-work. */
@Singleton
public class LogCrewWorkFunction {
    private final InternalCommandEndpoint<LogCrewWork> internal;

    public LogCrewWorkFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new LogCrewWorkDecider());
        internal = InternalCommandEndpoint.of(edge, handler, LogCrewWork.class, c -> FieldOps.stream(c.crewId()));
    }

    @Funq("log-crew-work-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
