package dev.storyline.modeler.exchange;

/**
 * One difference between two models.
 *
 * @param what the kind of change: added, removed, renamed, or amended
 * @param kind the kind of part: {@code event}, {@code field}, {@code slice}, {@code rule} ...
 * @param path the path of names: {@code WishApproved.wishId}, {@code make-wish.rules.banned}
 * @param before the former content or name; empty if the part is new
 * @param after the present content or name; empty if the part was removed
 * @param sure the certainty in percent; below 100 only for guessed renamings
 */
public record Change(What what, String kind, String path, String before, String after, int sure) {
    /** The kinds of changes. */
    public enum What {
        ADDED("+"),
        REMOVED("-"),
        AMENDED("~"),
        RENAMED(">");

        private final String sign;

        What(String sign) {
            this.sign = sign;
        }
    }

    /** Returns one line for people. */
    @Override
    public String toString() {
        String line = what.sign + " " + kind + " " + path;
        return switch (what) {
            case ADDED -> line + (after.isEmpty() ? "" : ": " + after);
            case REMOVED -> line + (before.isEmpty() ? "" : ": " + before);
            case AMENDED -> line + ": " + shown(before) + " -> " + shown(after);
            case RENAMED -> line + ": now " + after + " (" + sure + " % sure)";
        };
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing" : text;
    }
}
