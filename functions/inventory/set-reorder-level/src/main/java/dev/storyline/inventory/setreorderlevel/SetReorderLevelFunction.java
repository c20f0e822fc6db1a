package dev.storyline.inventory.setreorderlevel;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of set-reorder-level. */
@Singleton
public class SetReorderLevelFunction {
    private final HttpCommandEndpoint<SetReorderLevel, SetReorderLevel> http;

    public SetReorderLevelFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Inventory.LANGUAGE, new SetReorderLevelDecider()),
                SetReorderLevel.class,
                r -> Inventory.stream(r.productId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("set-reorder-level")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
