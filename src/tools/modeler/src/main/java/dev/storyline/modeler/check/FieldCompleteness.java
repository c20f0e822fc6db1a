package dev.storyline.modeler.check;

import dev.storyline.model.Element;

/**
 * What the check says about one field, or about an element that has none.
 *
 * @param element whose field it is
 * @param path the field with the fields that it is in, {@code wishes.state}; empty for an element without fields
 * @param origin whether it comes from somewhere
 * @param destination whether it is used
 * @param waived whether every gap of it is waived with a reason
 */
public record FieldCompleteness(
        Element element, String path, Completeness origin, Completeness destination, boolean waived) {
    /** Both answers in one. */
    public Completeness answer() {
        return origin.worse(destination);
    }

    /** {@code ChildWishes.wishes.state}. */
    public String name() {
        return path.isEmpty() ? element.name() : element.name() + "." + path;
    }
}
