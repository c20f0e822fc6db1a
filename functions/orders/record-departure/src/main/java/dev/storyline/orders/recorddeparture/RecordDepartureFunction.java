package dev.storyline.orders.recorddeparture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of record-departure: the translation of an event of the context inventory. */
@Singleton
public class RecordDepartureFunction {
    private final TranslationEndpoint<StockShipped, RecordDeparture> translation;

    public RecordDepartureFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Orders.LANGUAGE, new RecordDepartureDecider()),
                StockShipped.TYPE,
                StockShipped.class,
                e -> Orders.stream(e.orderId()),
                (e, occasion) -> new RecordDeparture(e.orderId()));
    }

    @Funq("record-departure-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
