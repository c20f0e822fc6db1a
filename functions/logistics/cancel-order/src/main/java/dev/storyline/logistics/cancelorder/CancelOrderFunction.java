package dev.storyline.logistics.cancelorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of cancel-order: the translation of an event of the wishes context. */
@Singleton
public class CancelOrderFunction {
    private final TranslationEndpoint<WishCancelled, CancelOrder> translation;

    public CancelOrderFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Logistics.LANGUAGE, new CancelOrderDecider()),
                WishCancelled.TYPE,
                WishCancelled.class,
                e -> Logistics.stream(e.wishId()),
                (e, occasion) -> new CancelOrder(e.wishId()));
    }

    @Funq("cancel-order-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
