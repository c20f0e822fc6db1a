package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * A product that has one of the words.
 *
 * @param productId the product
 * @param name its name
 * @param category its category
 * @param price its price now, without tax
 * @param score how well it fits, with 4 digits after the point; scores of different queries are not comparable
 */
public record SearchHit(ProductId productId, String name, String category, Money price, BigDecimal score) {}
