package dev.storyline.contexts.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the pieces of an order come from. A product's pieces come from the first of its bins that has enough, or else from
 * several of them. A product that is not hot has one bin.
 *
 * @param taken the pieces, if nothing is missing
 * @param missing products of which less was available than the order wants
 * @param decisive the bins that the answer depends on: those that pieces are taken from or, if something is missing, all
 *     bins of what is missing
 */
public record Picks(List<ReservedLine> taken, List<MissingStock> missing, Set<ProductId> decisive) {
    /** The most bins that an answer depends on, so that they fit one transaction with the order itself. */
    static final int MOST_BINS = 99;

    /** The bins of the products of an order, and what each of them has. */
    private record Shelves(
            OrderId order, StockShards shards, Function<ProductId, StockLevel> levels, Map<ProductId, Long> taken) {
        List<ProductId> bins(ProductId product) {
            return shards.of(product, order);
        }

        long free(ProductId bin) {
            long taken = Objects.requireNonNullElse(this.taken.get(bin), 0L);
            return levels.apply(bin).available() - taken;
        }

        /** Takes as many pieces as a line wants and this many bins have. */
        List<ReservedLine> take(StockLine line, int most) {
            List<ProductId> bins = bins(line.productId());
            List<ReservedLine> lines = new ArrayList<>();
            long left = line.quantity();
            for (ProductId bin : bins.stream()
                    .filter(bin -> free(bin) >= line.quantity())
                    .findFirst()
                    .map(List::of)
                    .orElse(bins)) {
                long pieces = Math.min(left, free(bin));
                if (pieces > 0 && lines.size() < most) {
                    taken.merge(bin, pieces, Long::sum);
                    lines.add(new ReservedLine(bin, pieces, bin.equals(line.productId()) ? null : line.productId()));
                    left -= pieces;
                }
            }
            return lines;
        }
    }

    /**
     * Picks the pieces of an order.
     *
     * @param wanted one line for each product
     * @param levels what a bin has; nothing if it was not read
     */
    public static Picks of(
            OrderId order, List<StockLine> wanted, StockShards shards, Function<ProductId, StockLevel> levels) {
        Shelves shelves = new Shelves(order, shards, levels, new HashMap<>());
        List<ReservedLine> taken = new ArrayList<>();
        List<MissingStock> missing = new ArrayList<>();
        Set<ProductId> decisive = new LinkedHashSet<>();
        int spare = MOST_BINS - wanted.size();
        for (StockLine line : wanted) {
            List<ReservedLine> lines = shelves.take(line, 1 + spare);
            long available = lines.stream().mapToLong(ReservedLine::quantity).sum();
            List<ProductId> bins = shelves.bins(line.productId());
            if (available == line.quantity()) {
                spare -= lines.size() - 1;
                taken.addAll(lines);
            } else if (decisive.size() + bins.size() <= MOST_BINS) {
                missing.add(new MissingStock(line.productId(), line.quantity(), available));
                decisive.addAll(bins);
            }
        }
        if (missing.isEmpty()) {
            taken.forEach(line -> decisive.add(line.productId()));
        }
        return new Picks(List.copyOf(taken), List.copyOf(missing), Set.copyOf(decisive));
    }
}
