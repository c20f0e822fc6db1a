package dev.storyline.modeler.check;

import dev.storyline.model.Landscape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes models from texts to their places in a repository. {@code ---} separates several models. */
final class Planted {
    private static final Pattern CONTEXT = Pattern.compile("(?m)^context: (\\w+)$");

    private Planted() {}

    /** Writes the models under a root. */
    static Path write(Path root, String models) {
        try {
            for (String model : models.split("(?m)^---\n")) {
                Matcher context = CONTEXT.matcher(model);
                String name = context.find() ? context.group(1) : "nameless";
                Path folder =
                        Files.createDirectories(root.resolve("src/contexts").resolve(name));
                Files.writeString(folder.resolve("model.yaml"), model);
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Report check(Path root, String models) {
        return Check.of(Landscape.read(write(root, models)));
    }

    /** Returns the planted models of a rule: {@code caught} or {@code kept}. */
    static String of(String rule, String which) {
        try (InputStream in =
                Planted.class.getResourceAsStream("/dev/storyline/modeler/check/rules/" + rule + ".yaml")) {
            String text = new String(Objects.requireNonNull(in, rule).readAllBytes(), StandardCharsets.UTF_8);
            int kept = text.indexOf("# kept\n");
            return which.equals("caught") ? text.substring(0, kept) : text.substring(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
