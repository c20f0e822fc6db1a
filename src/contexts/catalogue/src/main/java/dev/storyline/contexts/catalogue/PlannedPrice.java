package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * A price from an instant on, until the next one begins.
 *
 * @param price the price
 * @param from when it begins
 */
public record PlannedPrice(Money price, Instant from) {}
