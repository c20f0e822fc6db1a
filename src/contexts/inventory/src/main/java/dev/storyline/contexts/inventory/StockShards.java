package dev.storyline.contexts.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The hot products whose stock lies in several bins, and how many each has. The first bin is the product itself, and the
 * others are numbered: {@code chair}, {@code chair.2}, {@code chair.3}. Each bin is a product with a stream of its own, so
 * orders that take pieces from different bins do not compete.
 *
 * @param bins the number of bins of each hot product, 2 to 32
 */
public record StockShards(Map<ProductId, Integer> bins) {
    /** The most bins of a product. A refusal checks all of them in one transaction. */
    public static final int MOST_BINS = 32;

    public StockShards {
        bins = Map.copyOf(bins);
    }

    /**
     * Reads a setting.
     *
     * @param setting texts like {@code chair=8}; none if no product is hot
     * @throws IllegalArgumentException if a text is not a product and a number from 2 to 32, or names a product again
     */
    public static StockShards of(List<String> setting) {
        Map<ProductId, Integer> bins = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        for (String text : setting) {
            int equals = text.lastIndexOf('=');
            String number = text.substring(equals + 1);
            int count = equals > 0 && number.matches("\\d{1,2}") ? Integer.parseInt(number) : 0;
            if (count < 2 || count > MOST_BINS) {
                throw new IllegalArgumentException("A hot product is a product and its bins from 2 to " + MOST_BINS
                        + ", like chair=8, not '" + text + "'");
            }
            ProductId product = new ProductId(text.substring(0, equals));
            if (bins.put(product, count) != null) {
                throw new IllegalArgumentException("The hot product '" + product.value() + "' is named twice");
            }
            // The longest name must fit.
            ProductId _ = bin(product, count);
        }
        return new StockShards(bins);
    }

    /** The bins of a product, the product itself first; the product alone if it is not hot. */
    public List<ProductId> of(ProductId product) {
        return IntStream.rangeClosed(1, bins.getOrDefault(product, 1))
                .mapToObj(number -> bin(product, number))
                .toList();
    }

    /**
     * The bins of a product in the order in which an order takes pieces from them. Orders begin at different bins, each at
     * the one that its id chooses.
     */
    public List<ProductId> of(ProductId product, OrderId order) {
        List<ProductId> all = of(product);
        int first = Math.floorMod(order.value().hashCode(), all.size());
        return IntStream.range(0, all.size())
                .mapToObj(n -> all.get((first + n) % all.size()))
                .toList();
    }

    private static ProductId bin(ProductId product, int number) {
        return number == 1 ? product : new ProductId(product.value() + "." + number);
    }
}
