package dev.storyline.catalogue.product;

import dev.storyline.contexts.catalogue.PlannedPrice;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a product is, what it costs now, and what it will cost.
 *
 * @param productId the product
 * @param name its name
 * @param description what there is to say about it; may be empty
 * @param category its category
 * @param language the language of its texts
 * @param price its price now, without tax
 * @param taxRate a fraction from 0 to 1
 * @param planned the prices that begin later, the earliest first
 * @param retired whether it has left the catalogue
 */
public record Product(
        ProductId productId,
        String name,
        String description,
        String category,
        String language,
        Money price,
        BigDecimal taxRate,
        List<PlannedPrice> planned,
        boolean retired) {}
