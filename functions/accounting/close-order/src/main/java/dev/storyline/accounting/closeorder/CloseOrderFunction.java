package dev.storyline.accounting.closeorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The translation of an event of the context orders. */
@Singleton
public class CloseOrderFunction {
    private final TranslationEndpoint<OrderCancelled, CloseOrder> translation;

    public CloseOrderFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Accounting.LANGUAGE, new CloseOrderDecider()),
                OrderCancelled.TYPE,
                OrderCancelled.class,
                e -> Accounting.stream(e.orderId()),
                (e, context) -> new CloseOrder(e.orderId()));
    }

    @Funq("close-order-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
