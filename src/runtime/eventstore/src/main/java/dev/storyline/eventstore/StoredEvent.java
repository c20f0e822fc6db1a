package dev.storyline.eventstore;

/**
 * One event as it stands in a commit.
 *
 * @param type its stored name
 * @param schema the schema version of its data, from 1
 * @param essential whether a reader that does not know it must refuse to decide
 * @param data its fields as a JSON object
 */
public record StoredEvent(String type, int schema, boolean essential, String data) {
    /**
     * A command was refused, and somebody follows that up. It is no event of any language, so every machine passes over
     * it; its commit's id is the command's, and its meta has the rule.
     */
    public static final StoredEvent REFUSED = new StoredEvent("storyline.Refused", 1, false, "{}");
}
