package dev.storyline.cli.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which contexts and slices a repository has, by its folders. */
public record Repository(Path root) {
    /** The contexts that have slices, in the order of their names. */
    public List<String> contexts() {
        return folders(root.resolve("functions"));
    }

    /** All slices, {@code wishes/make-wish}, in the order of their names. */
    public List<String> slices() {
        List<String> slices = new ArrayList<>();
        for (String context : contexts()) {
            for (String slice : folders(root.resolve("functions").resolve(context))) {
                if (Files.exists(root.resolve("functions/" + context + "/" + slice + "/pom.xml"))) {
                    slices.add(context + "/" + slice);
                }
            }
        }
        return slices;
    }

    /**
     * Checks names of contexts.
     *
     * @throws WrongUse if there is no such context
     */
    public void requireContexts(Iterable<String> names) {
        names.forEach(name -> WrongUse.unless("context", name, contexts()));
    }

    /**
     * Checks names of slices.
     *
     * @throws WrongUse if there is no such slice
     */
    public void requireSlices(Iterable<String> names) {
        List<String> slices = slices();
        for (String name : names) {
            if (!slices.contains(name)) {
                String sentence = WrongUse.unknown("slice", name, slices);
                throw new WrongUse(
                        sentence.endsWith("?")
                                ? sentence
                                : sentence + " A slice is named by its context and its folder, like wishes/make-wish.");
            }
        }
    }

    private static List<String> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals("target") && !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
