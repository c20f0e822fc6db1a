package dev.storyline.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts from the Java sources of slices. Each source is read once; nothing is compiled or run. */
final class Sources {
    private static final long LARGEST_BYTES = 1024 * 1024;
    private static final Pattern FUNQ = Pattern.compile("@Funq\\(\\s*\"([^\"]+)\"\\s*\\)");

    private final Map<Path, String> texts = new HashMap<>();

    /** Returns the names of the slice's {@code @Funq} methods. */
    Set<String> exports(Stack slice) {
        Set<String> names = new HashSet<>();
        Matcher funq = FUNQ.matcher(text(slice));
        while (funq.find()) {
            names.add(funq.group(1));
        }
        return names;
    }

    /** Returns whether the decider writes several streams atomically. */
    boolean isAtomic(Stack slice) {
        return text(slice).contains("AtomicDecider");
    }

    private String text(Stack slice) {
        return texts.computeIfAbsent(slice.folder().resolve("src/main/java"), Sources::read);
    }

    private static String read(Path folder) {
        StringBuilder text = new StringBuilder();
        for (Path file : TemplateFile.files(folder, 20, ".java")) {
            try {
                if (Files.size(file) > LARGEST_BYTES) {
                    throw new TemplateException("The source " + file + " is larger than " + LARGEST_BYTES + " bytes.");
                }
                text.append(Files.readString(file)).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }
}
