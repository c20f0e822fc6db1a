package dev.storyline.catalogue.publishproducts;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * A product may be bought no more. A public event of the context catalogue; its contract is in the context's folder.
 *
 * @param productId the product
 * @param at the time at which it was recorded
 */
@EventType("ProductRetired")
record ProductRetired(ProductId productId, Instant at) {}
