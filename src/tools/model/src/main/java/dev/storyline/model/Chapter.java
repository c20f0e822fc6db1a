package dev.storyline.model;

import java.util.List;

/**
 * A part of the story.
 *
 * @param name {@code Wishing}
 * @param about what it tells
 * @param slices in story order
 * @param place where it stands
 */
public record Chapter(String name, String about, List<Slice> slices, SourceLocation place) {
    public Chapter {
        slices = List.copyOf(slices);
    }
}
