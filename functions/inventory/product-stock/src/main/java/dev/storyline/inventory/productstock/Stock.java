package dev.storyline.inventory.productstock;

import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.contexts.inventory.ReorderLevel.ReorderLevelSet;
import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockEvent.PiecesReleased;
import dev.storyline.contexts.inventory.StockEvent.PiecesReserved;
import dev.storyline.contexts.inventory.StockEvent.PiecesReturned;
import dev.storyline.contexts.inventory.StockEvent.PiecesShipped;
import dev.storyline.contexts.inventory.StockEvent.StockAdjusted;
import dev.storyline.contexts.inventory.StockEvent.StockReceived;

/**
 * The stock of one product, in pieces. At every moment, received + adjusted = on hand + shipped.
 *
 * @param productId the product
 * @param onHand the pieces in the warehouse
 * @param reserved those of them that are set aside for orders
 * @param available those of them that an order may still have
 * @param shipped the pieces that have left the warehouse and have not come back
 * @param received the pieces of all deliveries
 * @param adjusted the differences that counts found; negative if more were lost than found
 * @param reorderLevel the level below which the product is low in stock; 0 for none
 */
public record Stock(
        ProductId productId,
        long onHand,
        long reserved,
        long available,
        long shipped,
        long received,
        long adjusted,
        long reorderLevel) {
    static Stock none(ProductId product) {
        return new Stock(product, 0, 0, 0, 0, 0, 0, 0);
    }

    Stock after(StockEvent event) {
        long pieces = event.quantity();
        return switch (event) {
            case StockReceived _ -> with(onHand + pieces, reserved, shipped, received + pieces, adjusted);
            case StockAdjusted _ -> with(onHand + pieces, reserved, shipped, received, adjusted + pieces);
            case PiecesReserved _ -> with(onHand, reserved + pieces, shipped, received, adjusted);
            case PiecesReleased _ -> with(onHand, reserved - pieces, shipped, received, adjusted);
            case PiecesShipped _ -> with(onHand - pieces, reserved - pieces, shipped + pieces, received, adjusted);
            case PiecesReturned _ -> with(onHand + pieces, reserved, shipped - pieces, received, adjusted);
        };
    }

    Stock after(ReorderLevelSet set) {
        return new Stock(productId, onHand, reserved, available, shipped, received, adjusted, set.quantity());
    }

    /** This bin with another bin of the same product. The reorder level is that of this bin. */
    Stock with(Stock bin) {
        return with(
                onHand + bin.onHand,
                reserved + bin.reserved,
                shipped + bin.shipped,
                received + bin.received,
                adjusted + bin.adjusted);
    }

    private Stock with(long hand, long aside, long gone, long come, long counted) {
        return new Stock(productId, hand, aside, hand - aside, gone, come, counted, reorderLevel);
    }
}
