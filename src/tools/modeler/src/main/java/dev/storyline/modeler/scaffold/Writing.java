package dev.storyline.modeler.scaffold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes all files or none. After a failure, it undoes the changes so far. */
final class Writing {
    private final Map<Path, byte[]> before = new LinkedHashMap<>();
    private final List<Path> made = new ArrayList<>();

    private Writing() {}

    /**
     * Writes the files.
     *
     * @param fresh new files, which must not exist
     * @param changed files that exist
     */
    static void write(Map<Path, String> fresh, Map<Path, String> changed) throws IOException {
        Writing writing = new Writing();
        try {
            for (Map.Entry<Path, String> file : fresh.entrySet()) {
                writing.make(file.getKey(), file.getValue());
            }
            for (Map.Entry<Path, String> file : changed.entrySet()) {
                writing.before.put(file.getKey(), Files.readAllBytes(file.getKey()));
                Files.writeString(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            writing.takeBack(e);
            throw e;
        }
    }

    private void make(Path file, String text) throws IOException {
        List<Path> folders = new ArrayList<>();
        Path folder = Objects.requireNonNull(file.getParent());
        while (folder != null && !Files.exists(folder)) {
            folders.addFirst(folder);
            folder = folder.getParent();
        }
        for (Path one : folders) {
            Files.createDirectory(one);
            made.add(one);
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        made.add(file);
    }

    private void takeBack(IOException why) {
        for (Map.Entry<Path, byte[]> file : before.entrySet()) {
            try {
                Files.write(file.getKey(), file.getValue());
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
        for (Path path : made.reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }
}
