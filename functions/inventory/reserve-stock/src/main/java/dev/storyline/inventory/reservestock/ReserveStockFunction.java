package dev.storyline.inventory.reservestock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of reserve-stock. */
@Singleton
public class ReserveStockFunction {
    private final InternalCommandEndpoint<ReserveStock> internal;

    public ReserveStockFunction(Edge edge) {
        var handler = edge.handler(
                Inventory.LANGUAGE,
                new ReserveStockDecider(StockShards.of(edge.settings().list("STOCK_SHARDS"))));
        internal = InternalCommandEndpoint.of(edge, handler, ReserveStock.class, c -> Inventory.stream(c.orderId()));
    }

    @Funq("reserve-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
