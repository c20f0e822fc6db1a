package dev.storyline.model;

/**
 * A system outside of all contexts.
 *
 * @param name {@code accounting}
 * @param about its description; may be empty
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(value = "The system {}", says = "A system outside; a sentence alone is enough.", alone = "about")
public record ExternalSystem(
        String name,
        @Key(says = "What it is, one sentence.") String about,
        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {}
