package dev.storyline.cli.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells whether something was built from the sources as they are now. */
final class SourceAge {
    /** Folders whose files do not change what is built. */
    private static final Set<String> ASIDE = Set.of("target", "contracts");

    private SourceAge() {}

    /**
     * Whether a file is older than any of the sources, or is missing. Tests, released contracts and YAML beside the sources
     * are not sources: the local cloud reads templates and models where they are.
     *
     * @param sources files and folders; those that are missing do not count
     */
    static boolean isStale(Path built, List<Path> sources) {
        if (!Files.exists(built)) {
            return true;
        }
        try {
            FileTime time = Files.getLastModifiedTime(built);
            for (Path source : sources) {
                if (Files.exists(source) && anyNewer(source, time)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean anyNewer(Path source, FileTime time) throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean aside = ASIDE.contains(String.valueOf(folder.getFileName())) || folder.endsWith("src/test");
                return aside && !folder.equals(source) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean read =
                        file.toString().endsWith(".yaml") && !file.toString().contains("/src/main/");
                if (read || attributes.lastModifiedTime().compareTo(time) <= 0) {
                    return FileVisitResult.CONTINUE;
                }
                found.set(true);
                return FileVisitResult.TERMINATE;
            }
        });
        return found.get();
    }
}
