package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of fulfil-wish. */
@Singleton
public class FulfilWishFunction {
    private final OuterDoor<FulfilWishRequest, FulfilWish> outer;
    private final InnerDoor<FulfilWish> inner;

    public FulfilWishFunction(Edge edge) {
        var handler = edge.handler(Wishes.LANGUAGE, new FulfilWishDecider());
        var owner = new WishOwner(edge.view("WISH_BY_ID_TABLE", Wish.PROJECTION).consistent());
        outer = OuterDoor.finding(edge, handler, FulfilWishRequest.class, owner, owner);
        inner = InnerDoor.of(edge, handler, FulfilWish.class, c -> Wishes.stream(c.childId()));
    }

    @Funq("fulfil-wish")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("fulfil-wish-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
