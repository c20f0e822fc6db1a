package dev.storyline.testkit;

/**
 * How much of a long test one run repeats. {@code ./storyline test --long} runs tests at full length; the ordinary run
 * repeats a small part of each.
 */
public final class RunLength {
    /** Set by the Maven profile {@code long}. */
    private static final boolean LONG = Boolean.getBoolean("storyline.long");

    private RunLength() {}

    /** Whether this run is a long one. */
    public static boolean isLong() {
        return LONG;
    }

    /** The number for this run: the first in an ordinary run, the second in a long one. */
    public static int of(int ordinary, int atFullLength) {
        return LONG ? atFullLength : ordinary;
    }
}
