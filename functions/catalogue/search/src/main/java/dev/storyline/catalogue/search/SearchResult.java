package dev.storyline.catalogue.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products that have one of the words, the best first.
 *
 * @param q the words that are looked for
 * @param category the category that is asked for; null for all
 * @param hits a page of the products, equally good ones in the order of their ids
 * @param facets the categories of all found products, also of those in other categories than the one that is asked for;
 *     the largest first, 50 at most
 * @param total the number of found products in the category
 * @param exact whether the facets and the total count all products; false where a word is so common that only the
 *     weightiest of its products were read
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record SearchResult(
        String q,
        @Nullable String category,
        List<SearchHit> hits,
        List<CategoryCount> facets,
        long total,
        boolean exact,
        @Nullable String next) {}
