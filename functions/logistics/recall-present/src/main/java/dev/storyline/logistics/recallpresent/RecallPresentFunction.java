package dev.storyline.logistics.recallpresent;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The internal endpoint of recall-present. */
@Singleton
public class RecallPresentFunction {
    private final InternalCommandEndpoint<RecallPresent> internal;

    public RecallPresentFunction(Edge edge) {
        var handler = edge.handler(Logistics.LANGUAGE, new RecallPresentDecider());
        internal = InternalCommandEndpoint.of(edge, handler, RecallPresent.class, c -> Logistics.stream(c.wishId()));
    }

    @Funq("recall-present-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
