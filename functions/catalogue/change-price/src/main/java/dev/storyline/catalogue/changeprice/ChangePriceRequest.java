package dev.storyline.catalogue.changeprice;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param productId the product, from the path
 * @param price the price, without tax
 * @param from when it begins; null for now
 */
public record ChangePriceRequest(
        ProductId productId, Money price, @Nullable Instant from) {}
