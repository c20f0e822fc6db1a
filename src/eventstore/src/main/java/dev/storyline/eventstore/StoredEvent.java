package dev.storyline.eventstore;

/**
 * One event as it stands in a commit.
 *
 * @param type its stored name
 * @param schema the schema version of its data, from 1
 * @param essential whether a reader that does not know it must refuse to decide
 * @param data its fields as a JSON object
 */
public record StoredEvent(String type, int schema, boolean essential, String data) {}
