package dev.storyline.wishes.fulfilwish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of fulfil-wish: HTTP, internal, and the translation of an event of present logistics. */
@Singleton
public class FulfilWishFunction {
    private final HttpCommandEndpoint<FulfilWishRequest, FulfilWish> http;
    private final InternalCommandEndpoint<FulfilWish> internal;
    private final TranslationEndpoint<PresentDelivered, FulfilWish> translation;

    public FulfilWishFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new FulfilWishDecider());
        var owner = new WishOwner(edge.view("WISH_BY_ID_TABLE", Wish.PROJECTION).consistent());
        http = HttpCommandEndpoint.finding(edge, handler, FulfilWishRequest.class, owner, owner);
        internal = InternalCommandEndpoint.of(edge, handler, FulfilWish.class, c -> Wishes.stream(c.childId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                PresentDelivered.TYPE,
                PresentDelivered.class,
                e -> Wishes.stream(e.childId()),
                (e, occasion) -> new FulfilWish(e.wishId(), e.childId(), true));
    }

    @Funq("fulfil-wish")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("fulfil-wish-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("fulfil-wish-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
