package dev.storyline.logistics.recallpresent;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The door of recall-present, for our own event handlers. */
@Singleton
public class RecallPresentFunction {
    private final InnerDoor<RecallPresent> inner;

    public RecallPresentFunction(Edge edge) {
        var handler = edge.handler(Logistics.LANGUAGE, new RecallPresentDecider());
        inner = InnerDoor.of(edge, handler, RecallPresent.class, c -> Logistics.stream(c.wishId()));
    }

    @Funq("recall-present-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
