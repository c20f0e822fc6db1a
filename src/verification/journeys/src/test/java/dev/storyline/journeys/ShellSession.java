package dev.storyline.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bash process that runs blocks one after another, so that functions and variables of earlier blocks remain
 * available.
 */
final class ShellSession implements AutoCloseable {
    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private final String mark = "end-of-block-" + UUID.randomUUID();
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

    private ShellSession(Process process) {
        this.process = process;
        this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * The output of a block, from both streams.
     *
     * @param status the exit status of its last command
     */
    record Result(String output, int status) {}

    /**
     * Starts a bash.
     *
     * @param folder the working directory
     * @param curl the folder with the settings of curl
     */
    static ShellSession in(Path folder, Path curl) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("CURL_HOME", curl.toString());
        return new ShellSession(builder.start());
    }

    /** Runs a block and waits until it ends. */
    Result run(String block, Duration atMost) throws IOException, InterruptedException, TimeoutException {
        // A command that reads its input must not consume the next block.
        input.write("{\n" + block + "\n} </dev/null\nprintf '\\n%s %s\\n' '" + mark + "' \"$?\"\n");
        input.flush();
        try {
            return reader.submit(this::result).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The output of a block cannot be read.", e);
        }
    }

    private Result result() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(mark)) {
                return new Result(
                        text.toString(),
                        Integer.parseInt(line.substring(mark.length()).strip()));
            }
            text.append(line).append('\n');
        }
        throw new IOException("The shell ended in the middle of a block: " + text);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        reader.close();
    }
}
