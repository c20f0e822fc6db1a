package dev.storyline.model;

/**
 * Where something stands in a file.
 *
 * @param file as people know it, {@code src/contexts/wishes/model.yaml}
 * @param line from 1; 0 where it stands in no line of its own
 * @param column from 1; 0 likewise
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {
    /** Where no file is, as in a model that was made by a program. */
    public static final SourceLocation NOWHERE = new SourceLocation("", 0, 0);

    @Override
    public int compareTo(SourceLocation other) {
        int files = file.compareTo(other.file);
        if (files != 0) {
            return files;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
