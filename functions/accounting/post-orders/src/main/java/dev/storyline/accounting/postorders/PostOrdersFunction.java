package dev.storyline.accounting.postorders;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import dev.storyline.eventstore.CommandHandler;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The translation of the events of orders that the books post. */
@Singleton
public class PostOrdersFunction {
    private final TranslationEndpoint<OrderShipped, PostOrder> translation;

    public PostOrdersFunction(Edge edge) {
        CommandHandler<PostOrder, ?, ?> handler = edge.handler(Accounting.LANGUAGE, new PostOrderDecider());
        translation = TranslationEndpoint.of(
                        edge,
                        handler,
                        OrderShipped.TYPE,
                        OrderShipped.class,
                        e -> Accounting.stream(e.orderId()),
                        (e, context) -> Translation.of(e, context.at()))
                .and(TranslationEndpoint.of(
                        edge,
                        handler,
                        OrderReturned.TYPE,
                        OrderReturned.class,
                        e -> Accounting.stream(e.orderId()),
                        (e, context) -> Translation.of(e, context.at())))
                .and(TranslationEndpoint.of(
                        edge,
                        handler,
                        OrderPaid.TYPE,
                        OrderPaid.class,
                        e -> Accounting.stream(e.orderId()),
                        (e, context) -> Translation.of(e, context.at())))
                .and(TranslationEndpoint.of(
                        edge,
                        handler,
                        OrderRefunded.TYPE,
                        OrderRefunded.class,
                        e -> Accounting.stream(e.orderId()),
                        (e, context) -> Translation.of(e, context.at())));
    }

    @Funq("post-orders-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
