package dev.storyline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Models as texts, written to where a repository has them; {@code ---} separates several. */
final class Planted {
    private static final Pattern CONTEXT = Pattern.compile("(?m)^context: (\\w+)$");
    private static final Path RULES =
            Ran.REPOSITORY.resolve("src/tools/modeler/src/test/resources/dev/storyline/modeler/check/rules");

    private Planted() {}

    static void write(Path root, String models) {
        try {
            for (String model : models.split("(?m)^---\n")) {
                Matcher context = CONTEXT.matcher(model);
                String name = context.find() ? context.group(1) : "nameless";
                Path folder =
                        Files.createDirectories(root.resolve("src/contexts").resolve(name));
                Files.writeString(folder.resolve("model.yaml"), model);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models of a rule of the check, from the tests of the modeler: {@code caught} or {@code kept}. */
    static String of(String rule, String which) {
        try {
            String text = Files.readString(RULES.resolve(rule + ".yaml"));
            int kept = text.indexOf("# kept\n");
            return which.equals("caught") ? text.substring(0, kept) : text.substring(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
