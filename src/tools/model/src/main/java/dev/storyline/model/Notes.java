package dev.storyline.model;

import java.util.List;

/**
 * What people have remarked about a part while they work on the model. Notes say nothing about the business.
 *
 * @param hotspots what is a problem
 * @param questions what is open
 * @param comments everything else
 */
@Part(value = "The notes", says = "Remarks of people; a text alone is a comment.", alone = "comments")
public record Notes(
        @Key(says = "What is a problem.") List<String> hotspots,
        @Key(says = "What is open.") List<String> questions,
        @Key(says = "Any other remark.") List<String> comments) {
    /** No notes. */
    public static final Notes NONE = new Notes(List.of(), List.of(), List.of());

    public Notes {
        hotspots = List.copyOf(hotspots);
        questions = List.copyOf(questions);
        comments = List.copyOf(comments);
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
