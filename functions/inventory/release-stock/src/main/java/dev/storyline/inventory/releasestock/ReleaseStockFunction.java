package dev.storyline.inventory.releasestock;

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

/** The endpoints of release-stock. */
@Singleton
public class ReleaseStockFunction {
    private final InternalCommandEndpoint<ReleaseStock> internal;
    private final TranslationEndpoint<OrderCancelled, ReleaseStock> translation;

    public ReleaseStockFunction(Edge edge) {
        var handler = edge.handler(Inventory.LANGUAGE, new ReleaseStockDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ReleaseStock.class, c -> Inventory.stream(c.orderId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                OrderCancelled.TYPE,
                OrderCancelled.class,
                e -> Inventory.stream(e.orderId()),
                (e, occasion) -> new ReleaseStock(e.orderId()));
    }

    @Funq("release-stock-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("release-stock-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
