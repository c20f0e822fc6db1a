package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.HttpCommandEndpoint.StreamFinder;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.projections.View;

/** Finds the child of a wish in the view wish-by-id. */
final class WishOwner implements StreamFinder<FulfilWishRequest>, Gatekeeper<FulfilWishRequest, FulfilWish> {
    private final View wishes;

    /** Finds in this view, which must be read consistently. */
    WishOwner(View wishes) {
        this.wishes = wishes;
    }

    @Override
    public Found find(FulfilWishRequest request) {
        Wish wish = wishes.row(Wish.key(request.wishId()), Wish.class);
        return wish == null
                ? new Found.Nowhere(FulfilWishDecider.WISH_NOT_FOUND)
                : new Found.At(Wishes.stream(wish.childId()));
    }

    @Override
    public Gate<FulfilWish> gate(FulfilWishRequest request, CommandContext occasion) {
        WishId wish = request.wishId();
        return Gate.open(new FulfilWish(wish, new ChildId(occasion.stream().id()), false));
    }
}
