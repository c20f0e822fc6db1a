package dev.storyline.catalogue.publishproducts;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A product may be bought from now on. A public event of the context catalogue; its contract is in the context's folder.
 *
 * @param productId the product
 * @param name its first name
 * @param category its category
 * @param price its first price, without tax
 * @param taxRate a fraction from 0 to 1
 * @param at the time at which it was recorded
 */
@EventType("ProductOffered")
record ProductOffered(ProductId productId, String name, String category, Money price, BigDecimal taxRate, Instant at) {}
