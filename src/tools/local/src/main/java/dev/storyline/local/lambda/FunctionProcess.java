package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment of a function: a process that runs its deployed code as Lambda does, and gets events one at a
 * time. It sees the environment that its template and Lambda give, and nothing of ours.
 */
public final class FunctionProcess implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.function");

    /** Of what a process says, the last lines are kept, to tell when it ends; a longer line is cut. */
    private static final int KEPT_LINES = 20;

    private static final int LONGEST_LINE = 4_000;

    /** The share of its memory that Lambda's runtime gives to the heap of a JVM, in percent. */
    private static final int HEAP_PERCENT = 85;

    private final Deployment.FunctionSpec function;
    private final RuntimeApi api;
    private final Process process;
    private final Thread reader;
    private final long startedAt;
    private final Deque<String> said = new ArrayDeque<>();
    private volatile boolean closed;

    private FunctionProcess(Deployment.FunctionSpec function, RuntimeApi api, Process process, long startedAt) {
        this.function = function;
        this.api = api;
        this.process = process;
        this.startedAt = startedAt;
        this.reader = Thread.ofPlatform()
                .daemon()
                .name("output of " + function.export())
                .start(this::read);
        CompletableFuture<Void> _ = process.onExit()
                .thenAccept(ended -> api.gone("Its process ended with status " + ended.exitValue() + lastWords()));
    }

    /**
     * Starts a process; {@link #await} waits until it can be invoked.
     *
     * @param more environment beyond what its template and Lambda set: where the services are
     * @throws LocalCloudException if the machine cannot start it
     */
    public static FunctionProcess start(Deployment.FunctionSpec function, DeployedCode code, Map<String, String> more) {
        List<String> command = command(function, code);
        RuntimeApi api = new RuntimeApi(function.arn());
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(code.folder().toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment(function, code, api));
            builder.environment().putAll(more);
            long now = System.nanoTime();
            return new FunctionProcess(function, api, builder.start(), now);
        } catch (IOException e) {
            api.close();
            throw new LocalCloudException(
                    "No process can be started for " + function.export() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> command(Deployment.FunctionSpec function, DeployedCode code) {
        if (code.executable()) {
            return List.of(code.folder().resolve("bootstrap").toString());
        }
        String folder = code.folder().toString();
        Path client = InterfaceClient.folder();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + function.memoryMegabytes() * HEAP_PERCENT / 100 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                InterfaceClient.library(),
                // The hooks of org.crac are those of the runtime interface client, as in the managed runtime.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, folder, folder + "/lib/*", client + "/*"));
        command.add(InterfaceClient.MAIN);
        command.add(function.handler());
        return command;
    }

    /** As AWS lists what it sets; the template's own come first, since Lambda lets no template set these. */
    private static Map<String, String> environment(
            Deployment.FunctionSpec function, DeployedCode code, RuntimeApi api) {
        String name = function.arn().substring(function.arn().lastIndexOf(':') + 1);
        Map<String, String> all = new LinkedHashMap<>(function.environment());
        all.put("PATH", Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin"));
        all.put("LANG", "en_US.UTF-8");
        all.put("TZ", ":UTC");
        all.put("AWS_REGION", Deployment.REGION);
        all.put("AWS_DEFAULT_REGION", Deployment.REGION);
        all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
        all.put("AWS_LAMBDA_FUNCTION_NAME", name);
        all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
        all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        all.put("AWS_LAMBDA_RUNTIME_API", api.address());
        all.put("LAMBDA_TASK_ROOT", code.folder().toString());
        all.put("_HANDLER", function.handler());
        return all;
    }

    /**
     * Waits until it asks for its first event.
     *
     * @throws FunctionInvoker.FunctionFailed if it ends or takes longer, and is then killed
     */
    public void await(Duration longest) throws FunctionInvoker.FunctionFailed {
        get(api.ready(), longest);
    }

    /**
     * Invokes it, as soon as it asks for an event.
     *
     * @throws FunctionInvoker.FunctionFailed if it fails; if it ends or takes longer, it is of no more use
     */
    public JsonNode invoke(JsonNode event, Duration longest) throws FunctionInvoker.FunctionFailed {
        RuntimeApi.Reply reply = get(api.invoke(event, longest), longest);
        if (reply.failed()) {
            throw new FunctionInvoker.FunctionFailed(
                    "The function " + function.export() + " failed: "
                            + reply.body().path("errorType").asText() + " "
                            + reply.body().path("errorMessage").asText(),
                    null);
        }
        return reply.body();
    }

    private <T> T get(CompletableFuture<T> future, Duration longest) throws FunctionInvoker.FunctionFailed {
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw new FunctionInvoker.TookTooLong(longest, e);
        } catch (ExecutionException e) {
            close();
            throw new FunctionInvoker.FunctionFailed(
                    "The function " + function.export() + " is gone. "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new FunctionInvoker.FunctionFailed(e);
        }
    }

    /** Whether it may be invoked, as the operating system knows it: the JDK learns a moment later that a process ended. */
    public boolean isAlive() {
        return !closed && process.toHandle().isAlive();
    }

    /** When it was started, by {@link System#nanoTime}. */
    public long startedAt() {
        return startedAt;
    }

    /** When it could take its first event, by {@link System#nanoTime}: {@link RuntimeApi#readyAt}. */
    public long readyAt() {
        return api.readyAt();
    }

    /** The ARN of its function. */
    String arn() {
        return function.arn();
    }

    /** The id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as Lambda does with what it does not need. */
    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
        api.close();
    }

    private void read() {
        try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int one = output.read(); one >= 0; one = output.read()) {
                if (one == '\n') {
                    say(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) one);
                }
            }
            if (!line.isEmpty()) {
                say(line.toString());
            }
        } catch (IOException e) {
            // The process was killed while it spoke: there is nothing more to hear.
            LOG.log(System.Logger.Level.DEBUG, "The output of " + function.export() + " broke off", e);
        }
    }

    private void say(String line) {
        synchronized (said) {
            said.addLast(line);
            if (said.size() > KEPT_LINES) {
                said.removeFirst();
            }
        }
        LOG.log(System.Logger.Level.INFO, () -> function.export() + ": " + line);
    }

    private String lastWords() {
        try {
            reader.join(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (said) {
            return said.isEmpty() ? "." : ". Its last words: " + String.join("\n", said);
        }
    }
}
