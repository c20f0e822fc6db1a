package dev.storyline.journeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few megabytes in memory, which can be enlarged. A user who may not mount gets it in a namespace of
 * its own, and processes that use it run in there.
 */
final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final List<String> inside;
    private final Process namespace;

    private SmallDisk(Path folder, List<String> inside, Process namespace) {
        this.folder = folder;
        this.inside = inside;
        this.namespace = namespace;
    }

    /** Mounts it on a folder; aborts the test where that is not allowed. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        // A process holds the namespace until its input ends, and with it the file system.
        String mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs '" + folder + "' && echo mounted && cat";
        for (List<String> unshare : List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"))) {
            List<String> command = new ArrayList<>(unshare);
            command.addAll(List.of("sh", "-c", mount));
            Process process;
            try {
                process = new ProcessBuilder(command).redirectErrorStream(true).start();
            } catch (IOException e) {
                Assumptions.abort("This system has no command 'unshare': " + e.getMessage());
                throw e;
            }
            if ("mounted".equals(process.inputReader(StandardCharsets.UTF_8).readLine())) {
                List<String> enter = new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-m"));
                if (unshare.contains("-rm")) {
                    enter.addAll(List.of("-U", "--preserve-credentials"));
                }
                return new SmallDisk(folder, enter, process);
            }
            process.destroyForcibly().waitFor();
        }
        Assumptions.abort("This user may mount no file system, not even in a namespace of its own");
        throw new IllegalStateException();
    }

    Path folder() {
        return folder;
    }

    /** The command that runs the rest of its arguments where the file system is mounted. */
    List<String> inside() {
        return inside;
    }

    void enlarge(int megabytes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(inside);
        command.addAll(List.of("mount", "-o", "remount,size=" + megabytes + "m", folder.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("The file system cannot be enlarged");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        namespace.getOutputStream().close();
        namespace.waitFor();
    }
}
