package dev.storyline.model;

/**
 * A problem at a location in a file.
 *
 * @param place the location
 * @param sentence the problem and its remedy
 */
public record Diagnostic(SourceLocation place, String sentence) {
    @Override
    public String toString() {
        return place.file().isEmpty() ? sentence : place + ": " + sentence;
    }
}
