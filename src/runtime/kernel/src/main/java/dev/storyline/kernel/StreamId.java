package dev.storyline.kernel;

/**
 * The name of the stream of one entity, {@code child#simo}. A stream is the unit of order and of consistency.
 *
 * @param category the kind of entity, {@code child}
 * @param id the id of the entity, {@code simo}
 */
public record StreamId(String category, String id) implements Comparable<StreamId> {
    public StreamId {
        Id.check(category);
        Id.check(id);
    }

    /** The stream of the entity with this identifier. */
    public static StreamId of(String category, Id id) {
        return new StreamId(category, id.value());
    }

    /**
     * Reads {@code child#simo}.
     *
     * @throws Id.InvalidId if the text is not a category and an id with one {@code #} between them
     */
    public static StreamId parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new Id.InvalidId("must be a category and an id with '#' between them, like child#simo");
        }
        return new StreamId(text.substring(0, hash), text.substring(hash + 1));
    }

    @Override
    public int compareTo(StreamId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return category + "#" + id;
    }
}
