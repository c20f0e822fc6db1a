package dev.storyline.modeler.exchange;

import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files of one import, together of a bounded size. */
final class Texts {
    /** The size limit of all files of an import, in bytes. */
    static final int LARGEST = 20 * 1024 * 1024;

    private final String called;
    private long bytes;

    /** @param called the import in messages */
    Texts(String called) {
        this.called = called;
    }

    /**
     * Returns the text of a file in UTF-8.
     *
     * @throws ModelException if it is none, or if the files of the import are too large
     */
    String read(Path file) {
        try {
            bytes += Files.size(file);
        } catch (IOException e) {
            throw new ModelException(
                    new SourceLocation(called, 0, 0), "The file cannot be read: " + e.getMessage() + ".");
        }
        if (bytes > LARGEST) {
            throw new ModelException(
                    new SourceLocation(called, 0, 0),
                    "It has " + bytes + " bytes or more; files of other tools of up to " + LARGEST
                            + " bytes are read. Export a part of the board.");
        }
        return ModelReader.text(file, file.toString());
    }
}
