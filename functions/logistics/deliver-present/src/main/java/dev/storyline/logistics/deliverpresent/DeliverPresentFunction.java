package dev.storyline.logistics.deliverpresent;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The door of deliver-present. */
@Singleton
public class DeliverPresentFunction {
    private final HttpCommandEndpoint<DeliverPresent, DeliverPresent> outer;

    public DeliverPresentFunction(Edge edge) {
        outer = HttpCommandEndpoint.of(
                edge,
                edge.handler(Logistics.LANGUAGE, new DeliverPresentDecider()),
                DeliverPresent.class,
                r -> Logistics.stream(r.wishId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("deliver-present")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }
}
