package dev.storyline.journeys;

import dev.storyline.cli.Storyline;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local cloud in its own process, started like the launcher starts it. Tests can kill it. */
final class CloudProcess implements AutoCloseable {
    /** Wishes, and the contexts that it needs. */
    static final String[] CONTEXTS = {"wishes", "naughtychildren", "logistics"};

    private static final Pattern LISTENS = Pattern.compile("listens on (http://[0-9.:]+)");

    private final Process process;
    private final Path output;

    private CloudProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static CloudProcess start(Path folder, String... arguments) throws IOException {
        return start(List.of(), folder, arguments);
    }

    /** Starts the local cloud with a command before its own, which may put it into a namespace. */
    static CloudProcess start(List<String> before, Path folder, String... arguments) throws IOException {
        List<String> up = new ArrayList<>(List.of("up"));
        up.addAll(List.of(arguments));
        return command(before, folder, up.toArray(String[]::new));
    }

    /** Returns the arguments that select a repository's wishes and the contexts they need. */
    static List<String> rooted(Path root) {
        return List.of("--root", root.toString(), "--contexts", String.join(",", CONTEXTS));
    }

    /**
     * Runs a command of the launcher. Without {@code --root}, it uses this repository's wishes and the contexts they
     * need.
     */
    static CloudProcess command(Path folder, String... arguments) throws IOException {
        return command(List.of(), folder, arguments);
    }

    private static CloudProcess command(List<String> before, Path folder, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(arguments));
        int named = words.indexOf("--root");
        String root = named < 0 ? Repository.root().toString() : words.get(named + 1);
        if (named < 0) {
            words.addAll(List.of("--contexts", String.join(",", CONTEXTS)));
        } else {
            words.subList(named, named + 2).clear();
        }
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dstoryline.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Storyline.class.getName()));
        command.addAll(words);
        return start(folder, new ProcessBuilder(command));
    }

    /** Starts a process that becomes a command of the launcher. */
    static CloudProcess start(Path folder, ProcessBuilder process) throws IOException {
        Path output = Files.createTempFile(folder, "cloud", ".log");
        return new CloudProcess(
                process.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits until the cloud listens, and returns its address. */
    URI listening() {
        Eventually.within(
                Duration.ofSeconds(60),
                () -> !process.isAlive() || LISTENS.matcher(output()).find());
        Matcher matcher = LISTENS.matcher(output());
        if (!matcher.find()) {
            throw new IllegalStateException("The cloud did not start: " + output());
        }
        return URI.create(matcher.group(1));
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process ends, and returns its exit code. */
    int exit() throws InterruptedException {
        if (!process.waitFor(Duration.ofMinutes(4))) {
            throw new IllegalStateException("The cloud is still running: " + output());
        }
        return process.exitValue();
    }

    void interrupt() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
