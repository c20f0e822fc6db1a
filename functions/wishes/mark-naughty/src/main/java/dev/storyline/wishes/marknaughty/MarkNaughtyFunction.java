package dev.storyline.wishes.marknaughty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import dev.storyline.edge.TranslationDoor;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of mark-naughty: over HTTP, for our own event handlers, and for what the naughty children context tells. */
@Singleton
public class MarkNaughtyFunction {
    private final OuterDoor<MarkNaughtyRequest, MarkNaughty> outer;
    private final InnerDoor<MarkNaughty> inner;
    private final TranslationDoor<ChildAddedToNaughtyList, MarkNaughty> translation;

    public MarkNaughtyFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new MarkNaughtyDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                MarkNaughtyRequest.class,
                r -> Wishes.stream(r.childId()),
                (r, o) -> Gate.open(new MarkNaughty(r.childId(), r.until(), o.at())));
        inner = InnerDoor.of(edge, handler, MarkNaughty.class, c -> Wishes.stream(c.childId()));
        translation = TranslationDoor.of(
                edge,
                handler,
                ChildAddedToNaughtyList.TYPE,
                ChildAddedToNaughtyList.class,
                e -> Wishes.stream(e.childId()),
                (e, o) -> new MarkNaughty(e.childId(), e.until(), o.at()));
    }

    @Funq("mark-naughty")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("mark-naughty-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }

    @Funq("mark-naughty-translation")
    public FeedReply translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
