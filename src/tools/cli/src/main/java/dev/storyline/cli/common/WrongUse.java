package dev.storyline.cli.common;

import dev.storyline.model.ClosestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The command line is wrong. The message says which part, and suggests the nearest name. */
public final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongUse(String message) {
        super(message);
    }

    /** {@code There is no context 'wishs'. Did you mean 'wishes'?} */
    public static String unknown(String kind, String name, Collection<String> known) {
        String sentence = "There is no " + kind + " '" + name + "'.";
        return ClosestName.of(name, known)
                .map(close -> sentence + " Did you mean '" + close + "'?")
                .orElse(sentence);
    }

    /**
     * Checks a name.
     *
     * @param kind what it names, {@code context}
     * @throws WrongUse if it is not among the known names; the message suggests the nearest, or else lists them
     */
    public static void unless(String kind, String name, Collection<String> known) {
        if (!known.contains(name)) {
            String sentence = unknown(kind, name, known);
            throw new WrongUse(
                    sentence.endsWith("?") || known.isEmpty()
                            ? sentence
                            : sentence + " There are: " + String.join(", ", known) + ".");
        }
    }

    /** Checks that a file is there; the message suggests the nearest name in its folder. */
    public static void unlessFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WrongUse(unknown("file", file.toString(), siblings(file)));
        }
    }

    private static List<String> siblings(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(other -> file.resolveSibling(other.getFileName()).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
