package dev.storyline.logistics.deliverpresent;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of deliver-present. */
@Singleton
public class DeliverPresentFunction {
    private final HttpCommandEndpoint<DeliverPresent, DeliverPresent> http;

    public DeliverPresentFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Logistics.LANGUAGE, new DeliverPresentDecider()),
                DeliverPresent.class,
                r -> Logistics.stream(r.wishId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("deliver-present")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
