package dev.storyline.inventory.returnstock;

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

/** The endpoints of return-stock. */
@Singleton
public class ReturnStockFunction {
    private final InternalCommandEndpoint<ReturnStock> internal;
    private final TranslationEndpoint<OrderReturned, ReturnStock> translation;

    public ReturnStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ReturnStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ReturnStock.class, c -> Inventory.stream(c.orderId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                OrderReturned.TYPE,
                OrderReturned.class,
                e -> Inventory.stream(e.orderId()),
                (e, occasion) -> new ReturnStock(e.orderId(), e.lines()));
    }

    @Funq("return-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("return-stock-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
