package dev.storyline.eventstore;

import dev.storyline.common.TransientFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps objects as files in a folder: the bucket and the parts of the key are folders. */
public final class FolderObjectStore implements ObjectStore {
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,254}(/\\w[\\w.-]{0,254}){1,9}");

    private final Path folder;

    /** A store in a folder, which is created when the first object is. */
    public FolderObjectStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String name, byte[] content) {
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(UUID.randomUUID() + ".part");
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TransientFailure("The object " + name + " cannot be written to " + folder, e);
        }
    }

    @Override
    public byte @Nullable [] get(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new TransientFailure("The object " + name + " cannot be read from " + folder, e);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is no name of an object: it has a bucket, a slash and a key of letters, digits, dots, hyphens and slashes");
        }
        return folder.resolve(name);
    }
}
