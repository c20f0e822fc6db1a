package dev.storyline.catalogue.search;

import dev.storyline.kernel.RowKey;

/**
 * A word of names and categories: a total, so that it is there once however many products have it. It stands in two
 * places: with the words of the same two first letters, and backwards with those of the same two last letters. A word
 * with one slip has one of both pairs right.
 *
 * @param sk the sort key, in which the word is
 * @param n how many products have the word in the name or in the category
 */
record KnownWord(String sk, long n) {
    private static final int LETTERS = 2;
    private static final char END = '|';

    /** Whether a word is long enough to stand here. */
    static boolean takes(String word) {
        return word.codePointCount(0, word.length()) >= LETTERS;
    }

    /** The partition of the words that begin like this one. */
    static String begins(String word) {
        return "b#" + word.substring(0, word.offsetByCodePoints(0, LETTERS));
    }

    /** The partition of the words that end like this one. */
    static String ends(String word) {
        return "e#" + word.substring(word.offsetByCodePoints(word.length(), -LETTERS));
    }

    /** The key by the beginning of a word. It also tells the stem. */
    static RowKey byBeginning(String word, String stem) {
        return new RowKey(begins(word), word + END + stem);
    }

    /** The key by the end of a word. It also tells the stem. */
    static RowKey byEnd(String word, String stem) {
        return new RowKey(ends(word), reversed(word) + END + stem);
    }

    static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** The word, backwards where the key is by the end. */
    String word() {
        return sk.substring(0, sk.indexOf(END));
    }

    /** The stem of the word. */
    String stem() {
        return sk.substring(sk.indexOf(END) + 1);
    }
}
