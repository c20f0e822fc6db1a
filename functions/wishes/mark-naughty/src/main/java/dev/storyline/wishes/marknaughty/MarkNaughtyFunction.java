package dev.storyline.wishes.marknaughty;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of mark-naughty: HTTP, internal, and the translation of an event of the naughty children context. */
@Singleton
public class MarkNaughtyFunction {
    private final HttpCommandEndpoint<MarkNaughtyRequest, MarkNaughty> http;
    private final InternalCommandEndpoint<MarkNaughty> internal;
    private final TranslationEndpoint<ChildAddedToNaughtyList, MarkNaughty> translation;

    public MarkNaughtyFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new MarkNaughtyDecider());
        http = HttpCommandEndpoint.of(
                edge,
                handler,
                MarkNaughtyRequest.class,
                r -> Wishes.stream(r.childId()),
                (r, o) -> Gate.open(new MarkNaughty(r.childId(), r.until(), o.at())));
        internal = InternalCommandEndpoint.of(edge, handler, MarkNaughty.class, c -> Wishes.stream(c.childId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                ChildAddedToNaughtyList.TYPE,
                ChildAddedToNaughtyList.class,
                e -> Wishes.stream(e.childId()),
                (e, o) -> new MarkNaughty(e.childId(), e.until(), o.at()));
    }

    @Funq("mark-naughty")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("mark-naughty-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("mark-naughty-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
