package dev.storyline.orders.recordmissingstock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of record-missing-stock: the translation of an event of the context inventory. */
@Singleton
public class RecordMissingStockFunction {
    private final TranslationEndpoint<StockNotReserved, RecordMissingStock> translation;

    public RecordMissingStockFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Orders.LANGUAGE, new RecordMissingStockDecider()),
                StockNotReserved.TYPE,
                StockNotReserved.class,
                e -> Orders.stream(e.orderId()),
                (e, occasion) -> new RecordMissingStock(e.orderId(), e.missing()));
    }

    @Funq("record-missing-stock-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
