package dev.storyline.catalogue.describeproduct;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Bounds;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * A product comes into the catalogue.
 *
 * @param productId the product, from the path
 * @param name the name
 * @param description what there is to say about it; may be empty
 * @param category the category
 * @param language the language of the texts
 * @param price the first price, without tax
 * @param taxRate the tax rate, a fraction
 */
public record DescribeProduct(
        ProductId productId,
        String name,
        String description,
        String category,

        @Bounds(oneOf = {"en", "de", "fi"}) String language,

        Money price,
        BigDecimal taxRate) {}
