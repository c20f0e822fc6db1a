package dev.storyline.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Copies of what a build has made, which later builds do not change. The library jars of Maven never change. */
final class BuildCopy implements AutoCloseable {
    private final Path folder = DeployedCode.place();
    private final Map<Path, Path> copies = new HashMap<>();

    /** The copy of a file or folder of a module's target folder, as it was at the first call; else the path itself. */
    synchronized Path of(Path built) {
        return isBuilt(built) ? copies.computeIfAbsent(built, this::copy) : built;
    }

    private static boolean isBuilt(Path path) {
        return path.toAbsolutePath().resolveSibling("").endsWith("target") && Files.exists(path);
    }

    private Path copy(Path built) {
        Path target = folder.resolve(copies.size() + "-" + built.getFileName());
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(built.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("What is built in " + built + " cannot be copied to " + target, e);
        }
    }

    @Override
    public void close() {
        DeployedCode.delete(folder);
    }
}
