package dev.storyline.orders.recordreservation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of record-reservation: the translation of an event of the context inventory. */
@Singleton
public class RecordReservationFunction {
    private final TranslationEndpoint<StockReserved, RecordReservation> translation;

    public RecordReservationFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Orders.LANGUAGE, new RecordReservationDecider()),
                StockReserved.TYPE,
                StockReserved.class,
                e -> Orders.stream(e.orderId()),
                (e, occasion) -> new RecordReservation(e.orderId()));
    }

    @Funq("record-reservation-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
