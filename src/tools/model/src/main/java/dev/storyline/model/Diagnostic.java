package dev.storyline.model;

/**
 * What is wrong at a place of a file, one sentence.
 *
 * @param place where
 * @param sentence what is wrong and what to do about it
 */
public record Diagnostic(SourceLocation place, String sentence) {
    @Override
    public String toString() {
        return place.file().isEmpty() ? sentence : place + ": " + sentence;
    }
}
