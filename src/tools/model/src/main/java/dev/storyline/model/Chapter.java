package dev.storyline.model;

import java.util.List;

/**
 * A part of the story.
 *
 * @param name {@code Wishing}
 * @param about its description
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param slices in story order
 * @param place its location in the file
 */
@Part(value = "A chapter", says = "A part of the story.")
public record Chapter(
        @Key(value = "chapter", says = "Its name.", required = true)
        String name,

        @Key(says = "What it is about, one sentence.") String about,
        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        @Key(says = "Its slices in story order.") List<Slice> slices,
        SourceLocation place) {
    public Chapter {
        slices = List.copyOf(slices);
    }
}
