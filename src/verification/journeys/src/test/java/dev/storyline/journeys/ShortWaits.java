package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A repository whose templates limit a feed to one second. A rebuild waits twice for this time, until no invocation of
 * the feed that does not know the new generation can still run. Feeds in one process take milliseconds, so a wait of 20
 * seconds would not test more.
 */
final class ShortWaits {
    private static final String WAIT = "FEED_TIMEOUT_SECONDS: ";

    private ShortWaits() {}

    /**
     * Creates the repository, or returns the existing one. It links all files except the templates of slices, which it
     * copies.
     */
    static Path repository(Path root) throws IOException {
        if (Files.exists(root)) {
            return root;
        }
        int changed = 0;
        Path original = Repository.root();
        Files.createDirectories(root);
        for (String folder : List.of("src", "infra")) {
            Files.createSymbolicLink(root.resolve(folder), original.resolve(folder));
        }
        for (Path file : files(original.resolve("functions"), 3)) {
            Path copy = root.resolve(original.relativize(file));
            if (Files.isDirectory(file) && !file.endsWith("target") && !file.endsWith("src")) {
                Files.createDirectories(copy);
            } else if (file.endsWith("template.yaml")) {
                String text = Files.readString(file);
                Files.writeString(copy, in(text));
                changed += text.contains(WAIT) ? 1 : 0;
            } else if (Files.isDirectory(copy.resolveSibling(""))) {
                Files.createSymbolicLink(copy, file);
            }
        }
        assertThat(changed).as("templates that name the longest run of a feed").isPositive();
        return root;
    }

    /** Returns a template whose feed has the short limit. */
    static String in(String template) {
        return template.replaceAll(WAIT + "\\d+", WAIT + "1");
    }

    /** Returns folders before their content, without anything below {@code target} or {@code src}. */
    private static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(file -> !file.equals(folder))
                    .filter(file -> !file.resolveSibling("").endsWith("target")
                            && !file.resolveSibling("").endsWith("src"))
                    .toList();
        }
    }
}
