package dev.storyline.wishes.cancelwish;

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

/** The doors of cancel-wish. */
@Singleton
public class CancelWishFunction {
    private final OuterDoor<CancelWish, CancelWish> outer;
    private final InnerDoor<CancelWish> inner;

    public CancelWishFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new CancelWishDecider());
        outer = OuterDoor.of(
                        edge, handler, CancelWish.class, r -> Wishes.stream(r.childId()), (r, occasion) -> Gate.open(r))
                .own(CancelWish::childId);
        inner = InnerDoor.of(edge, handler, CancelWish.class, c -> Wishes.stream(c.childId()));
    }

    @Funq("cancel-wish")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("cancel-wish-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
