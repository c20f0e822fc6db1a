package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of mark-naughty. */
@Singleton
public class MarkNaughtyFunction {
    private final OuterDoor<MarkNaughtyRequest, MarkNaughty> outer;
    private final InnerDoor<MarkNaughty> inner;

    public MarkNaughtyFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new MarkNaughtyDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                MarkNaughtyRequest.class,
                r -> Wishes.stream(r.childId()),
                (r, o) -> Gate.open(new MarkNaughty(r.childId(), r.until(), o.at())));
        inner = InnerDoor.of(edge, handler, MarkNaughty.class, c -> Wishes.stream(c.childId()));
    }

    @Funq("mark-naughty")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("mark-naughty-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
