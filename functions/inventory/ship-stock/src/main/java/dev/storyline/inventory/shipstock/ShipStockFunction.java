package dev.storyline.inventory.shipstock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of ship-stock. */
@Singleton
public class ShipStockFunction {
    private final InternalCommandEndpoint<ShipStock> internal;
    private final TranslationEndpoint<OrderShipped, ShipStock> translation;

    public ShipStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ShipStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ShipStock.class, c -> Inventory.stream(c.orderId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                OrderShipped.TYPE,
                OrderShipped.class,
                e -> Inventory.stream(e.orderId()),
                (e, occasion) -> new ShipStock(e.orderId()));
    }

    @Funq("ship-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("ship-stock-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
