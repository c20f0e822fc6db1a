package dev.storyline.testkit;

/**
 * The number of repetitions in a long test. {@code ./storyline test --long} runs tests at full length; an ordinary run
 * repeats a small part of each.
 */
public final class RunLength {
    /** Set by the Maven profile {@code long}. */
    private static final boolean LONG = Boolean.getBoolean("storyline.long");

    private RunLength() {}

    /** Returns whether this run is a long one. */
    public static boolean isLong() {
        return LONG;
    }

    /** Returns the number for this run: the first one in an ordinary run, the second one in a long run. */
    public static int of(int ordinary, int atFullLength) {
        return LONG ? atFullLength : ordinary;
    }
}
