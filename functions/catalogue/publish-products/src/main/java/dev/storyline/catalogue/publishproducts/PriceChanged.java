package dev.storyline.catalogue.publishproducts;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * A product has another price from an instant on. A public event of the context catalogue; its contract is in the
 * context's folder.
 *
 * @param productId the product
 * @param price the price, without tax, in the currency of the first one
 * @param from when it begins
 * @param at the time at which it was recorded
 */
@EventType("PriceChanged")
record PriceChanged(ProductId productId, Money price, Instant from, Instant at) {}
