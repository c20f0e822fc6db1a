package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Wish;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.OuterDoor.StreamFinder;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Occasion;
import dev.storyline.projections.View;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds whose wish it is in the view wish-by-id. The view may be a moment behind, so before it says no it waits a moment
 * itself.
 */
final class WishOwner implements StreamFinder<FulfilWishRequest>, Gatekeeper<FulfilWishRequest, FulfilWish> {
    private static final long LONGEST_WAIT_NANOS = Duration.ofMillis(1_500).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final View wishes;

    /** Finds in this view, which must be read consistently. */
    WishOwner(View wishes) {
        this.wishes = wishes;
    }

    @Override
    public Found find(FulfilWishRequest request) {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (true) {
            Wish wish = wishes.row(Wish.key(request.wishId()), Wish.class);
            if (wish != null) {
                return new Found.At(Wishes.stream(wish.childId()));
            }
            if (System.nanoTime() - deadline >= 0) {
                return new Found.Nowhere(FulfilWishDecider.WISH_NOT_FOUND);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public Gate<FulfilWish> gate(FulfilWishRequest request, Occasion occasion) {
        WishId wish = request.wishId();
        return Gate.open(new FulfilWish(wish, new ChildId(occasion.stream().id()), false));
    }
}
