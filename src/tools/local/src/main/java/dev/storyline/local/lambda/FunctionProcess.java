package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.MetricLog;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.metrics.MetricsRegistry;
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
 * One execution environment of a function: a process that runs its deployed code as Lambda does and gets one event at a
 * time. It has the environment variables of its template and of Lambda. Of this process it has the proxies, which serve
 * hosts outside only, and nothing else.
 */
public final class FunctionProcess implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.function");

    /** The last lines of output are kept for the error message when the process ends; longer lines are cut. */
    private static final int KEPT_LINES = 20;

    private static final int LONGEST_LINE = 16_000;

    /** The share of the memory that the runtime of Lambda gives to the heap of a JVM, in percent. */
    private static final int HEAP_PERCENT = 85;

    private final Deployment.FunctionSpec function;
    private final RuntimeApi api;
    private final MetricLog metrics;
    private final Process process;
    private final Thread reader;
    private final long startedAt;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile boolean closed;

    private FunctionProcess(
            Deployment.FunctionSpec function, RuntimeApi api, MetricLog metrics, Process process, long startedAt) {
        this.function = function;
        this.api = api;
        this.metrics = metrics;
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
     * @param more environment variables with the addresses of services
     * @param metrics takes the lines of its output that tell metrics
     * @throws LocalCloudException if the operating system cannot start it
     */
    public static FunctionProcess start(
            Deployment.FunctionSpec function, DeployedCode code, Map<String, String> more, MetricLog metrics) {
        List<String> command = command(function, code);
        RuntimeApi api = new RuntimeApi(function.arn());
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(code.folder().toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment(function, code, api));
            builder.environment().putAll(more);
            builder.environment().putAll(Proxies.environment(builder.environment()));
            long now = System.nanoTime();
            return new FunctionProcess(function, api, metrics, builder.start(), now);
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
        command.addAll(Proxies.options());
        command.add("-cp");
        command.add(String.join(File.pathSeparator, folder, folder + "/lib/*", client + "/*"));
        command.add(InterfaceClient.MAIN);
        command.add(function.handler());
        return command;
    }

    /** The variables that AWS documents. They replace variables of the template, which may not set them on Lambda. */
    private static Map<String, String> environment(
            Deployment.FunctionSpec function, DeployedCode code, RuntimeApi api) {
        String name = function.arn().substring(function.arn().lastIndexOf(':') + 1);
        Map<String, String> all = new LinkedHashMap<>(function.environment());
        all.put("PATH", Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin"));
        all.put("LANG", "en_US.UTF-8");
        // Many machines do not have that locale, and paths with letters beyond ASCII need one that exists.
        all.put("LC_ALL", "C.UTF-8");
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
     * Waits until the process asks for its first event.
     *
     * @throws FunctionInvoker.FunctionFailed if the process ends, or takes too long and is killed
     */
    public void await(Duration longest) throws FunctionInvoker.FunctionFailed {
        get(api.ready(), longest);
    }

    /**
     * Invokes the function as soon as the process asks for an event.
     *
     * @throws FunctionInvoker.FunctionFailed if the function fails, or the process ends or is killed after its time-out
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

    /** Whether the process runs, according to the operating system; the JDK notices the end of a process later. */
    public boolean isAlive() {
        return !closed && process.toHandle().isAlive();
    }

    /** The time of its start, by {@link System#nanoTime}. */
    public long startedAt() {
        return startedAt;
    }

    /** The time when it could take its first event, by {@link System#nanoTime}. */
    public long readyAt() {
        return api.readyAt();
    }

    /** The ARN of its function. */
    String arn() {
        return function.arn();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Kills the process, as Lambda does with environments that it does not need. */
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
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) one);
                }
            }
            if (!line.isEmpty()) {
                keep(line.toString());
            }
        } catch (IOException e) {
            // The process was killed while it wrote.
            LOG.log(System.Logger.Level.DEBUG, "The output of " + function.export() + " broke off", e);
        }
    }

    private void keep(String line) {
        if (MetricsRegistry.isLine(line)) {
            metrics.tell(line);
            return;
        }
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.removeFirst();
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
        synchronized (lastLines) {
            return lastLines.isEmpty() ? "." : ". Its last output: " + String.join("\n", lastLines);
        }
    }
}
