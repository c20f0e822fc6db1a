package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/** Everything that is recorded in the stream of one product. */
public sealed interface ProductEvent {
    /** The product. */
    ProductId productId();

    /**
     * A product may be bought from now on.
     *
     * @param name 1 to 200 characters, not blank
     * @param description 4,000 characters at most; perhaps none
     * @param category 1 to 100 characters, not blank
     * @param language the language of the texts: {@code en}, {@code de} or {@code fi}
     * @param price the first price; later ones have the same currency
     * @param taxRate a fraction from 0 to 1, 4 digits after the point at most
     */
    @EventType("ProductDescribed")
    record ProductDescribed(
            ProductId productId,
            String name,
            String description,
            String category,
            String language,
            Money price,
            BigDecimal taxRate)
            implements ProductEvent {}

    /**
     * A product has another name.
     *
     * @param name 1 to 200 characters, not blank
     */
    @EventType("ProductRenamed")
    record ProductRenamed(ProductId productId, String name) implements ProductEvent {}

    /**
     * A product has another price from an instant on.
     *
     * @param from when it begins: now or within 365 days
     */
    @EventType("PriceChanged")
    record PriceChanged(ProductId productId, Money price, Instant from) implements ProductEvent {}

    /** A product may be bought no more, now and from now on. */
    @EventType("ProductRetired")
    record ProductRetired(ProductId productId) implements ProductEvent {}
}
