package dev.storyline.wishes.cancelwish;

import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of cancel-wish. */
@Singleton
public class CancelWishFunction {
    private final HttpCommandEndpoint<CancelWish, CancelWish> http;
    private final InternalCommandEndpoint<CancelWish> internal;

    public CancelWishFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new CancelWishDecider());
        http = HttpCommandEndpoint.of(
                        edge, handler, CancelWish.class, r -> Wishes.stream(r.childId()), (r, occasion) -> Gate.open(r))
                .own(CancelWish::childId);
        internal = InternalCommandEndpoint.of(edge, handler, CancelWish.class, c -> Wishes.stream(c.childId()));
    }

    @Funq("cancel-wish")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("cancel-wish-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
