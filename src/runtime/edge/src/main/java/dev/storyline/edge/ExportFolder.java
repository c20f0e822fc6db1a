package dev.storyline.edge;

import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.TableExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of an export in a folder of the machine.
 *
 * @param folder the folder of the export, with its manifests
 */
record ExportFolder(Path folder) implements TableExport.Files {
    /**
     * The files of an export at a place.
     *
     * @param place an absolute path
     * @throws IllegalArgumentException if it is none
     */
    static TableExport.Files at(String place) {
        Path folder = Path.of(place);
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException(
                    "An export is read from a folder, by its absolute path, not from '" + place + "'.");
        }
        return new ExportFolder(folder);
    }

    @Override
    public byte @Nullable [] get(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new TransientFailure("The file " + name + " of the export cannot be read", e);
        }
    }
}
