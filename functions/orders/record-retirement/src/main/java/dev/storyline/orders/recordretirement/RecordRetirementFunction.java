package dev.storyline.orders.recordretirement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of record-retirement: the translation of an event of the context catalogue. */
@Singleton
public class RecordRetirementFunction {
    private final TranslationEndpoint<ProductRetired, RecordRetirement> translation;

    public RecordRetirementFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Orders.LANGUAGE, new RecordRetirementDecider()),
                ProductRetired.TYPE,
                ProductRetired.class,
                e -> Orders.stream(e.productId()),
                (e, occasion) -> new RecordRetirement(e.productId(), e.at()));
    }

    @Funq("record-retirement-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
