package dev.storyline.contexts.orders;

import dev.storyline.kernel.Money;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One product as it is offered: a row of the view {@code offer}, which the gatekeeper of place-order reads.
 *
 * @param productId the product
 * @param name its name; null before the catalogue has offered it
 * @param taxRate the tax as a fraction of the net amount; null before the catalogue has offered it
 * @param prices in the order in which they begin, those to come too; 50 at most
 * @param retired whether it may be bought no more
 */
public record Offer(
        ProductId productId,
        @Nullable String name,
        @Nullable BigDecimal taxRate,
        List<OfferPrice> prices,
        boolean retired) {
    /** The declared name of the projection that writes the rows. */
    public static final String PROJECTION = "offer";

    /** The place of the row of a product. */
    public static RowKey key(ProductId product) {
        return new RowKey("offer#" + product.value(), "offer");
    }

    /**
     * The prices that were valid at some time of a period that ends now: the one of now, and those that ended less than
     * so long ago.
     *
     * @param at now
     * @param holds how long a price may still be asked for after its end
     */
    public List<Money> pricesAt(Instant at, Duration holds) {
        Instant since = at.minus(holds);
        return IntStream.range(0, prices.size())
                .filter(n -> !prices.get(n).from().isAfter(at))
                .filter(n -> n + 1 == prices.size()
                        || prices.get(n + 1).from().isAfter(at)
                        || prices.get(n + 1).from().isAfter(since))
                .mapToObj(n -> prices.get(n).price())
                .distinct()
                .toList();
    }
}
