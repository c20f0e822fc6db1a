package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.LoopbackServer;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.feeds.LocalClock;
import dev.storyline.local.lambda.FunctionInvoker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The endpoint of a running local cloud for the commands of its operator, on loopback. It does what the commands ask in
 * the running functions, with their settings. Whoever can read the data directory has its key.
 *
 * <p>{@code GET /slices} answers with an array of names, {@code POST /clock} with the time, see {@link LocalClock#asked}. {@code POST /ask} with {@code slice} and {@code request} answers
 * with lines of JSON: {@code step} for each step of a rebuild, and at the end {@code answer} or {@code failed}. An empty
 * line each second finds out whether the caller is still there; otherwise the operation is interrupted.
 */
public final class OperatorEndpoint implements AutoCloseable {
    static final String BEARER = "Bearer ";
    private static final String REBUILDS = "rebuild";
    private static final int KEY_BYTES = 32;

    private final MaintenanceFunctions functions;
    private final LocalClock clock;
    private final HttpServer server;
    private final RunningCloud.Access access;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One operation of a slice at a time, rebuilds aside. */
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Starts listening on any free port.
     *
     * @param gateway the address of the gateway, which is told to operators
     */
    public OperatorEndpoint(Deployment deployment, FunctionInvoker host, LocalClock clock, URI gateway) {
        this.functions = new MaintenanceFunctions(deployment, host);
        this.clock = clock;
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            this.server = LoopbackServer.at(0);
        } catch (IOException e) {
            throw new LocalCloudException("The endpoint for operators cannot listen: " + e.getMessage(), e);
        }
        this.access = new RunningCloud.Access(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                HexFormat.of().formatHex(key),
                gateway);
        server.setExecutor(threads);
        server.createContext("/slices", exchange -> answer(exchange, this::slices));
        server.createContext("/clock", exchange -> answer(exchange, this::clock));
        server.createContext("/ask", exchange -> answer(exchange, this::ask));
        server.start();
    }

    /** What an operator needs to use it. */
    public RunningCloud.Access access() {
        return access;
    }

    private interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
            if (!MessageDigest.isEqual(bytes(given), bytes(BEARER + access.key()))) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            answer.write(exchange);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void slices(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes(Json.mapper().valueToTree(functions.slices()).toString()));
        }
    }

    private void clock(HttpExchange exchange) throws IOException {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes(clock.asked(request).toString()));
        }
    }

    private void ask(HttpExchange exchange) throws IOException {
        JsonNode call = Json.mapper().readTree(exchange.getRequestBody());
        exchange.sendResponseHeaders(200, 0);
        try (Lines lines = new Lines(exchange.getResponseBody())) {
            Future<JsonNode> answer = threads.submit(() -> ask(call, lines));
            try {
                lines.write(line("answer", await(answer, lines)));
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                lines.write(Json.mapper()
                        .createObjectNode()
                        .put("failed", String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()))
                        .toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                answer.cancel(true);
            }
        }
    }

    private JsonNode ask(JsonNode call, Lines lines) throws InterruptedException {
        String slice = call.path("slice").asText();
        if (call.path("request").path("do").asText().startsWith(REBUILDS)) {
            // A rebuild knows by itself whether another one runs, and is looked at while it runs.
            return functions.ask(slice, call.path("request"), _ -> {});
        }
        ReentrantLock lock = locks.computeIfAbsent(slice, one -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return functions.ask(slice, call.path("request"), step -> lines.writeOrLeave(line("step", step)));
        } finally {
            lock.unlock();
        }
    }

    /** Throws as soon as the caller is gone. */
    private static JsonNode await(Future<JsonNode> answer, Lines lines)
            throws IOException, ExecutionException, InterruptedException {
        while (true) {
            try {
                return answer.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                lines.write("");
            }
        }
    }

    private static String line(String name, JsonNode value) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.set(name, value);
        return line.toString();
    }

    /** Lines of a response, from several threads. */
    private static final class Lines implements AutoCloseable {
        private final OutputStream out;

        Lines(OutputStream out) {
            this.out = out;
        }

        synchronized void write(String line) throws IOException {
            out.write(bytes(line + "\n"));
            out.flush();
        }

        /** Whether the caller is still there, the next empty line finds out. */
        void writeOrLeave(String line) {
            try {
                write(line);
            } catch (IOException e) {
                // See above: the operation is not ended from the middle of its log.
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Interrupts what runs, and stops listening. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
