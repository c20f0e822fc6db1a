package dev.storyline.cli.build;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.Session;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs Maven on the JDK that runs this command. */
final class Maven {
    /** Logs of builds, and what tells when they were made. */
    static final String FOLDER = "target/storyline";

    private final Session session;

    Maven(Session session) {
        this.session = session;
    }

    /**
     * Runs Maven; its output is ours.
     *
     * @return its exit status, 0 after success
     */
    int run(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-B", "-ntp"));
        all.addAll(arguments);
        return run(all, null);
    }

    /**
     * Runs Maven without a word, unless it fails.
     *
     * @param log the name of the file in {@link #FOLDER} that gets its output
     * @throws CouldNot if it fails; the message has the first errors, with file and line
     */
    void runQuietly(String log, List<String> arguments) {
        Path file = session.root().resolve(FOLDER).resolve(log);
        List<String> all = new ArrayList<>(List.of("-B", "-q"));
        all.addAll(arguments);
        try {
            Files.createDirectories(session.root().resolve(FOLDER));
            if (run(all, file) != 0) {
                throw new CouldNot(BuildErrors.of(session.root(), Files.readAllLines(file))
                        + "The build failed; its whole output is in " + FOLDER + "/" + log + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(List<String> arguments, @Nullable Path log) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(arguments);
        return start(session, command, log);
    }

    private String executable() {
        for (String folder : session.environment().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, "mvn");
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file.toString();
            }
        }
        throw new CouldNot("Storyline needs Maven (3.8.7 or newer): install it, so that 'mvn' is on the PATH.");
    }

    /** Runs a process in the root of the repository to its end; it ends with this one. */
    static int start(Session session, List<String> command, @Nullable Path log) {
        session.out().flush();
        session.err().flush();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(session.root().toFile()).inheritIO();
        if (log != null) {
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        }
        builder.environment().clear();
        builder.environment().putAll(session.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            Thread stop = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(stop);
            int status = process.waitFor();
            removeHook(stop);
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException("'" + command.getFirst() + "' does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNot("Interrupted while '" + command.getFirst() + "' was running.", e);
        }
    }

    private static void removeHook(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The process ended because this one is ending.
        }
    }
}
