package dev.storyline.model;

/** A choice of the model: an enum whose values have a word in the file. */
public interface Word {
    /** The word in the file. */
    String word();
}
