package dev.storyline.catalogue.search;

/**
 * Ranks by BM25 over two fields, the name and the rest (BM25F): how often a term is in the fields of a product, compared
 * with their lengths, times its rarity. Robertson, Zaragoza, "The Probabilistic Relevance Framework".
 */
final class Ranking {
    /** How soon more of the same counts less, as in Lucene. */
    private static final double K1 = 1.2;

    /** How much the length of a field counts, as in Lucene. */
    private static final double B = 0.75;

    /** How much more a word of the name counts than another one. */
    private static final double NAME = 3;

    /** No weight reaches this. */
    static final double MOST = K1 + 1;

    private Ranking() {}

    /** The weight of a term in a product. */
    static double weight(int inName, int nameLength, double usualName, int inText, int textLength, double usualText) {
        double often = NAME * inName / norm(nameLength, usualName) + inText / norm(textLength, usualText);
        return MOST * often / (K1 + often);
    }

    private static double norm(int length, double usual) {
        return 1 - B + B * length / usual;
    }

    /**
     * The rarity of a term.
     *
     * @param having the products that have the term
     * @param all all products, not fewer
     */
    static double rarity(double having, double all) {
        return Math.log(1 + (all - having + 0.5) / (having + 0.5));
    }
}
