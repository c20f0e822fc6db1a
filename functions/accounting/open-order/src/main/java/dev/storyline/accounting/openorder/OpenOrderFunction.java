package dev.storyline.accounting.openorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The translation of an event of the context orders. */
@Singleton
public class OpenOrderFunction {
    private final TranslationEndpoint<OrderCreated, OpenOrder> translation;

    public OpenOrderFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.creating(Accounting.LANGUAGE, new OpenOrderDecider()),
                OrderCreated.TYPE,
                OrderCreated.class,
                e -> Accounting.stream(e.orderId()),
                (e, context) -> new OpenOrder(e.orderId(), e.customerId(), Postings.payable(e.gross()), e.at()));
    }

    @Funq("open-order-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
