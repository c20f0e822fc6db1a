package dev.storyline.model;

/**
 * A location in a file.
 *
 * @param file the path from the repository's root, {@code src/contexts/wishes/model.yaml}
 * @param line the line, from 1; 0 for the whole file
 * @param column the column, from 1; 0 for the whole file
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {
    /** No location, as in a model that a program created. */
    public static final SourceLocation NOWHERE = new SourceLocation("", 0, 0);

    /** The file of what is read from a board of another tool, where lines mean nothing to its authors. */
    public static final String IMPORTED = "the imported model";

    /** Whether this is a part of a board of another tool. */
    public boolean isImported() {
        return file.equals(IMPORTED);
    }

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
