package dev.storyline.contexts.inventory;

import dev.storyline.contexts.inventory.StockEvent.PiecesReleased;
import dev.storyline.contexts.inventory.StockEvent.PiecesReserved;
import dev.storyline.contexts.inventory.StockEvent.PiecesReturned;
import dev.storyline.contexts.inventory.StockEvent.PiecesShipped;
import dev.storyline.contexts.inventory.StockEvent.StockAdjusted;
import dev.storyline.contexts.inventory.StockEvent.StockReceived;
import dev.storyline.kernel.Fold;

/**
 * The pieces of a product that are on hand and set aside, folded from the product's own stream. Slices that append to the
 * streams of an order and of its products in one transaction read it.
 *
 * @param onHand the pieces in the warehouse
 * @param reserved those of them that are set aside for orders
 */
public record StockLevel(long onHand, long reserved) {
    /** The most pieces of a product on hand. */
    public static final long MOST_ON_HAND = 1_000_000_000;

    /** The level of a product that never came in. */
    public static final StockLevel NONE = new StockLevel(0, 0);

    /** Folds the stream of a product. */
    public static final Fold<StockLevel, StockEvent> FOLD = new Fold<>() {
        @Override
        public Class<StockEvent> folds() {
            return StockEvent.class;
        }

        @Override
        public StockLevel initialState() {
            return NONE;
        }

        @Override
        public StockLevel evolve(StockLevel level, StockEvent event) {
            return level.after(event);
        }
    };

    /** The level after one more event. */
    public StockLevel after(StockEvent event) {
        return switch (event) {
            case StockReceived received -> new StockLevel(onHand + received.quantity(), reserved);
            case StockAdjusted adjusted -> new StockLevel(onHand + adjusted.quantity(), reserved);
            case PiecesReserved set -> new StockLevel(onHand, reserved + set.quantity());
            case PiecesReleased released -> new StockLevel(onHand, reserved - released.quantity());
            case PiecesShipped shipped -> new StockLevel(onHand - shipped.quantity(), reserved - shipped.quantity());
            case PiecesReturned returned -> new StockLevel(onHand + returned.quantity(), reserved);
        };
    }

    /** The pieces that an order may still have. */
    public long available() {
        return onHand - reserved;
    }
}
