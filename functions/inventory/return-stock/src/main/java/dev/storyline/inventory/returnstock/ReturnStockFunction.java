package dev.storyline.inventory.returnstock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of return-stock. */
@Singleton
public class ReturnStockFunction {
    private final InternalCommandEndpoint<ReturnStock> internal;

    public ReturnStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ReturnStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ReturnStock.class, c -> Inventory.stream(c.orderId()));
    }

    @Funq("return-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
