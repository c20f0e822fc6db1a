package dev.storyline.inventory.releasestock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of release-stock. */
@Singleton
public class ReleaseStockFunction {
    private final InternalCommandEndpoint<ReleaseStock> internal;

    public ReleaseStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ReleaseStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ReleaseStock.class, c -> Inventory.stream(c.orderId()));
    }

    @Funq("release-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
