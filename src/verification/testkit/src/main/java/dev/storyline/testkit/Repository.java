package dev.storyline.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository that a test runs in. */
public final class Repository {
    private Repository() {}

    /** Returns the root: the nearest parent folder that contains the kernel. */
    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("src/runtime/kernel"))) {
                return folder;
            }
        }
        throw new IllegalStateException("This test runs outside a Storyline repository");
    }
}
