package dev.storyline.catalogue.changeprice;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product gets another price, now or from an instant on.
 *
 * @param productId the product
 * @param price the price, without tax
 * @param from when it begins; null for the time of the command
 * @param at the time of the command
 */
public record ChangePrice(
        ProductId productId, Money price, @Nullable Instant from, Instant at) {}
