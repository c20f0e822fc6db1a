package dev.storyline.logistics.orderpresent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of order-present: the translation of an event of the wishes context. */
@Singleton
public class OrderPresentFunction {
    private final TranslationEndpoint<WishApproved, OrderPresent> translation;

    public OrderPresentFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.creating(Logistics.LANGUAGE, new OrderPresentDecider()),
                WishApproved.TYPE,
                WishApproved.class,
                e -> Logistics.stream(e.wishId()),
                (e, occasion) -> new OrderPresent(e.wishId(), e.childId(), e.wish()));
    }

    @Funq("order-present-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
