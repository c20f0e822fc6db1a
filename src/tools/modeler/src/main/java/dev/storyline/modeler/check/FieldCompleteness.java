package dev.storyline.modeler.check;

import dev.storyline.model.Element;

/**
 * The completeness of one field, or of an element without fields.
 *
 * @param element the element of the field
 * @param path the path of the field, {@code wishes.state}; empty for an element without fields
 * @param origin the completeness of its origin
 * @param destination the completeness of its destination
 * @param waived whether every gap is waived with a reason
 */
public record FieldCompleteness(
        Element element, String path, Completeness origin, Completeness destination, boolean waived) {
    /** Returns the less complete of origin and destination. */
    public Completeness answer() {
        return origin.worse(destination);
    }

    /** Returns the full name, {@code ChildWishes.wishes.state}. */
    public String name() {
        return path.isEmpty() ? element.name() : element.name() + "." + path;
    }
}
