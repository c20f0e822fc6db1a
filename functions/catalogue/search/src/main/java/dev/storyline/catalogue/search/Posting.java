package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.RowKey;
import java.util.Locale;

/**
 * Says that a product has a term: a row. Its names are short because a query reads many of them.
 *
 * @param p the product
 * @param c its category
 * @param n how often the term is in its name
 * @param t how often the term is in its description and category
 * @param nl the words of its name; 0 where the term is not in the name, so that a new name does not touch the row
 * @param tl the words of its description and category; 0 where the term is not among them
 */
record Posting(ProductId p, String c, int n, int t, int nl, int tl) {
    private static final int RANKS = 100;

    /** The partition of the postings of a term. */
    static String partition(String term) {
        return "t#" + term;
    }

    /**
     * The key of the row. Within a term the weightiest products come first, by the lengths of usual texts: of a very
     * common term, a query reads the beginning.
     */
    RowKey key(String term) {
        double part = weight(CollectionTotals.USUAL) / Ranking.MOST;
        int rank = Math.clamp((int) (RANKS * (1 - part)), 0, RANKS - 1);
        return new RowKey(partition(term), String.format(Locale.ROOT, "%02d#%s", rank, p.value()));
    }

    /** The part of the term in the score of the product, without its rarity. */
    double weight(CollectionTotals collection) {
        return Ranking.weight(n, nl, collection.usualName(), t, tl, collection.usualText());
    }
}
