package dev.storyline.local.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner can read, where the file system knows owners. */
final class OwnFile {
    private OwnFile() {}

    /** Writes a whole file at once: whoever reads it finds the old text or the new one. */
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().resolveSibling("");
            Path written =
                    Files.createTempFile(folder, String.valueOf(file.getFileName()), ".tmp", ownersOnly("rw-------"));
            Files.writeString(written, text + "\n");
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a folder that only its owner can enter, unless it is there. */
    static void folder(Path folder) {
        try {
            Files.createDirectories(folder, ownersOnly("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] ownersOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
