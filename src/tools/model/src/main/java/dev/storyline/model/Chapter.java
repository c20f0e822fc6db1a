package dev.storyline.model;

import java.util.List;

/**
 * A part of the story.
 *
 * @param name {@code Wishing}
 * @param about its description
 * @param slices in story order
 * @param place its location in the file
 */
public record Chapter(String name, String about, List<Slice> slices, SourceLocation place) {
    public Chapter {
        slices = List.copyOf(slices);
    }
}
