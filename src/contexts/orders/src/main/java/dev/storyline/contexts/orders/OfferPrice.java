package dev.storyline.contexts.orders;

import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * A price of one product.
 *
 * @param price of one piece, without tax
 * @param from when it begins; it ends where the next one begins
 * @param at when the catalogue said so: of two prices from one instant on, the later one counts
 */
public record OfferPrice(Money price, Instant from, Instant at) {}
