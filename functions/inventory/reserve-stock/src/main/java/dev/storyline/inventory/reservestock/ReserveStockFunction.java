package dev.storyline.inventory.reservestock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of reserve-stock. */
@Singleton
public class ReserveStockFunction {
    private final InternalCommandEndpoint<ReserveStock> internal;
    private final TranslationEndpoint<OrderCreated, ReserveStock> translation;

    public ReserveStockFunction(Edge edge) {
        var handler = edge.handler(
                Inventory.LANGUAGE,
                new ReserveStockDecider(StockShards.of(edge.settings().list("STOCK_SHARDS"))));
        internal = InternalCommandEndpoint.of(edge, handler, ReserveStock.class, c -> Inventory.stream(c.orderId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                OrderCreated.TYPE,
                OrderCreated.class,
                e -> Inventory.stream(e.orderId()),
                (e, occasion) -> new ReserveStock(e.orderId(), e.lines()));
    }

    @Funq("reserve-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("reserve-stock-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
