package dev.storyline.logistics.orderpresent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.TranslationDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The door of order-present, for what the wishes context tells. */
@Singleton
public class OrderPresentFunction {
    private final TranslationDoor<WishApproved, OrderPresent> translation;

    public OrderPresentFunction(Edge edge) {
        translation = TranslationDoor.of(
                edge,
                edge.handler(Logistics.LANGUAGE, new OrderPresentDecider()),
                WishApproved.TYPE,
                WishApproved.class,
                e -> Logistics.stream(e.wishId()),
                (e, occasion) -> new OrderPresent(e.wishId(), e.childId(), e.wish()));
    }

    @Funq("order-present-translation")
    public FeedReply translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
