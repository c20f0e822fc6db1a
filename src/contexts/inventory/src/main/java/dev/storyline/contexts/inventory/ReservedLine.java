package dev.storyline.contexts.inventory;

import dev.storyline.kernel.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pieces that are set aside for an order.
 *
 * @param productId the product, or the bin of it, in whose stream the pieces are
 * @param quantity the number of pieces
 * @param binOf the product that the order wants, where {@code productId} is another bin of it; else null
 */
public record ReservedLine(
        ProductId productId, long quantity, @Nullable ProductId binOf) {
    /** The product that the order wants, and how many of its pieces this line has. */
    public StockLine wanted() {
        return new StockLine(binOf == null ? productId : binOf, quantity);
    }

    /** One line for each product that the order wants, in the order in which they are named first. */
    public static List<StockLine> wanted(Collection<ReservedLine> lines) {
        return StockLine.oneEach(lines.stream().map(ReservedLine::wanted).toList());
    }

    /** An event for each line, by the stream that it is recorded in. */
    public static Map<StreamId, List<StockEvent>> events(
            Collection<ReservedLine> lines, Function<ReservedLine, StockEvent> event) {
        return lines.stream()
                .collect(Collectors.groupingBy(
                        line -> Inventory.stream(line.productId()), Collectors.mapping(event, Collectors.toList())));
    }
}
