package dev.storyline.kernel;

/**
 * A business rule that can reject a command. Its name is part of the API: clients branch on it, so it is never renamed.
 *
 * @param name lower case with hyphens, {@code too-many-wishes}
 * @param kind whether the thing does not exist, or exists and may not be changed in this way
 * @param sentence one sentence for people, always the same
 */
public record Rule(String name, Kind kind, String sentence) {
    /** Why a rule rejects a command. */
    public enum Kind {
        /** What the command names does not exist. */
        UNKNOWN,
        /** The business does not allow the command now. */
        FORBIDDEN
    }

    public Rule {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("A rule's name is lower case with hyphens, not '" + name + "'");
        }
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("The rule '" + name + "' needs a sentence for people");
        }
    }

    /** A rule that forbids. */
    public static Rule forbids(String name, String sentence) {
        return new Rule(name, Kind.FORBIDDEN, sentence);
    }

    /** A rule that says that something does not exist. */
    public static Rule unknown(String name, String sentence) {
        return new Rule(name, Kind.UNKNOWN, sentence);
    }
}
