package dev.storyline.wishes.makewish;

import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of make-wish. */
@Singleton
public class MakeWishFunction {
    private final HttpCommandEndpoint<MakeWishRequest, MakeWish> http;
    private final InternalCommandEndpoint<MakeWish> internal;

    public MakeWishFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new MakeWishDecider());
        var gate = new MakeWishGatekeeper(
                edge.view("NAUGHTY_LIST_TABLE", NaughtyChild.PROJECTION),
                NaughtyWords.list(edge.settings().list("NAUGHTY_WORDS")));
        http = HttpCommandEndpoint.of(edge, handler, MakeWishRequest.class, r -> Wishes.stream(r.childId()), gate)
                .making("/wishes/wishes/{wishId}")
                .own(MakeWishRequest::childId);
        internal = InternalCommandEndpoint.of(edge, handler, MakeWish.class, c -> Wishes.stream(c.childId()));
    }

    @Funq("make-wish")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("make-wish-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
