package dev.storyline.model;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that is closest to a mistyped one. */
public final class ClosestName {
    /** The longest name that is compared. Longer names are rarely mistyped in a few letters only. */
    private static final int LONGEST = 64;

    private ClosestName() {}

    /** Returns {@code ; did you mean 'x'?} with the closest of these names, or an empty text if none is close. */
    public static String hint(String name, Collection<String> names) {
        return of(name, names).map(close -> "; did you mean '" + close + "'?").orElse("");
    }

    /** The nearest of these names, or nothing where none is near. */
    public static Optional<String> of(String name, Collection<String> names) {
        String best = "";
        int least = Math.max(1, name.length() / 3) + 1;
        for (String other : names) {
            int distance = distance(name, other, least);
            if (distance < least) {
                least = distance;
                best = other;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Returns the edit distance of two names, ignoring case. Stops at {@code enough}. */
    private static int distance(String one, String other, int enough) {
        if (Math.abs(one.length() - other.length()) >= enough || one.length() > LONGEST || other.length() > LONGEST) {
            return enough;
        }
        int[] above = new int[other.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
            }
            above = row;
        }
        return above[other.length()];
    }
}
