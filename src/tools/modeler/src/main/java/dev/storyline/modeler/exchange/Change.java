package dev.storyline.modeler.exchange;

/**
 * One difference between two models.
 *
 * @param what whether something came, went, has another name, or tells something else
 * @param kind of what: {@code event}, {@code field}, {@code slice}, {@code rule} ...
 * @param path where, by names: {@code WishApproved.wishId}, {@code make-wish.rules.banned}
 * @param before what it told or was called before; empty where it was not there
 * @param after what it tells or is called now; empty where it is there no more
 * @param sure how sure it is, in percent; 100 for everything but guessed renamings
 */
public record Change(What what, String kind, String path, String before, String after, int sure) {
    /** What became of something. */
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

    /** One line for people. */
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
