package dev.storyline.orders.recordprice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of record-price: the translation of an event of the context catalogue. */
@Singleton
public class RecordPriceFunction {
    private final TranslationEndpoint<PriceChanged, RecordPrice> translation;

    public RecordPriceFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Orders.LANGUAGE, new RecordPriceDecider()),
                PriceChanged.TYPE,
                PriceChanged.class,
                e -> Orders.stream(e.productId()),
                (e, occasion) -> new RecordPrice(e.productId(), e.price(), e.from(), e.at()));
    }

    @Funq("record-price-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
