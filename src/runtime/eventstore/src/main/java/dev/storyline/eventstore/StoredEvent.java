package dev.storyline.eventstore;

/**
 * One event in a commit.
 *
 * @param type its stored name
 * @param schema the schema version of its data, from 1
 * @param essential whether a reader that does not know it must refuse to decide
 * @param data its fields as a JSON object
 */
public record StoredEvent(String type, int schema, boolean essential, String data) {
    /**
     * The record of a refused command that an event handler follows up. No language has this event, so everything that
     * folds the stream skips it. The id of its commit is the command's id, and the metadata name the rule.
     */
    public static final StoredEvent REFUSED = new StoredEvent("storyline.Refused", 1, false, "{}");

    /**
     * The stored name of the record of what an operator has done to a slice: {@code action}, {@code reason} and details. No
     * language has this event either.
     */
    public static final String OPERATED = "storyline.Operated";

    /** The stored name of the record that a stream whose story has ended is closed for the archive. */
    public static final String CLOSED = "storyline.Closed";

    /** The stored name of the record that an archived stream was brought back: commands are taken again. */
    public static final String REOPENED = "storyline.Reopened";

    /** Whether the event belongs to the system, so that no language has it and all machines pass over it. */
    public boolean ofSystem() {
        return type.startsWith("storyline.");
    }
}
