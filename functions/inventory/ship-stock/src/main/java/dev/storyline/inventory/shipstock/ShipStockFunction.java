package dev.storyline.inventory.shipstock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of ship-stock. */
@Singleton
public class ShipStockFunction {
    private final InternalCommandEndpoint<ShipStock> internal;

    public ShipStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ShipStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ShipStock.class, c -> Inventory.stream(c.orderId()));
    }

    @Funq("ship-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
