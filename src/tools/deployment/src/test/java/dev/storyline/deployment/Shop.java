package dev.storyline.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A small, valid repository. Each test damages its own copy. */
record Shop(Path root) {
    static Shop in(Path root) throws IOException, URISyntaxException {
        Path good =
                Path.of(Objects.requireNonNull(Shop.class.getResource("/shop")).toURI());
        try (Stream<Path> files = Files.walk(good)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = root.resolve(good.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
        return new Shop(root);
    }

    /** Replaces all occurrences of a text in a file. The text must occur. */
    Shop change(String file, String text, String other) throws IOException {
        Path path = root.resolve(file);
        assertThat(path).content().contains(text);
        Files.writeString(path, Files.readString(path).replace(text, other));
        return this;
    }

    Shop write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        return this;
    }

    /** Runs git. The command must succeed. */
    Shop git(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("git", "-c", "user.name=shop", "-c", "user.email=shop@example.com"),
                        Stream.of(arguments))
                .toList();
        Process git = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("%s%n%s", command, output).isZero();
        return this;
    }
}
