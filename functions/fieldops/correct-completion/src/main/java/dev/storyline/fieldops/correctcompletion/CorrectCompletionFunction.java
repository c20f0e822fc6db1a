package dev.storyline.fieldops.correctcompletion;

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

/** The endpoints of correct-completion. */
@Singleton
public class CorrectCompletionFunction {
    private final HttpCommandEndpoint<CorrectCompletionRequest, CorrectCompletion> http;
    private final InternalCommandEndpoint<CorrectCompletion> internal;

    public CorrectCompletionFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new CorrectCompletionDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                CorrectCompletionRequest.class,
                r -> FieldOps.stream(r.jobId()),
                new CorrectCompletionGatekeeper(edge.fold(FieldOps.LANGUAGE, CrewRates.FOLD)));
        internal = InternalCommandEndpoint.of(edge, handler, CorrectCompletion.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("correct-completion")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("correct-completion-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
