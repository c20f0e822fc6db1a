package dev.storyline.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.local.common.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API (version 2018-06-01) for one process, on loopback. The process asks for its next event and posts
 * the result, one event at a time. A process with SnapStart hooks runs them, although no snapshot is taken.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda runtime API for custom
 *     runtimes</a>
 */
final class RuntimeApi implements AutoCloseable {
    /** The largest event and the largest answer of a synchronous invocation, in bytes. */
    static final int MAX_BODY = 6 * 1024 * 1024;

    private static final String VERSION = "/2018-06-01/runtime/";
    private static final Pattern OUTCOME = Pattern.compile(VERSION + "invocation/([^/]+)/(response|error)");

    private final String arn;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> next = new ArrayBlockingQueue<>(1);
    private final AtomicReference<@Nullable Invocation> running = new AtomicReference<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final AtomicLong readyAt = new AtomicLong();

    private record Invocation(String id, JsonNode event, Instant deadline, CompletableFuture<Reply> reply) {}

    /**
     * The result of an event.
     *
     * @param failed whether the function failed
     * @param body the returned JSON, or the error: {@code errorType}, {@code errorMessage}, {@code stackTrace}
     */
    public record Reply(boolean failed, JsonNode body) {}

    /** The function reported that it cannot start, or its process ended. The message says why. */
    public static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone(String message) {
            super(message);
        }
    }

    /**
     * Starts listening.
     *
     * @param arn the ARN of the function, which the process gets with each event
     */
    public RuntimeApi(String arn) {
        this.arn = arn;
        try {
            server = LoopbackServer.at(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext(VERSION, this::serve);
        server.start();
    }

    /** The value of the environment variable {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completes when the process asks for its first event; fails with {@link Gone}. */
    public CompletableFuture<Boolean> ready() {
        return ready;
    }

    /**
     * The time when the process asked for its first event, by {@link System#nanoTime}; with SnapStart hooks, the time when
     * it asked to be restored; 0 before.
     */
    public long readyAt() {
        return readyAt.get();
    }

    /**
     * Hands an event to the process; fails with {@link Gone}.
     *
     * @throws IllegalStateException if the process still has an event
     */
    public CompletableFuture<Reply> invoke(JsonNode event, Duration longest) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(), event, Instant.now().plus(longest), new CompletableFuture<>());
        if (!running.compareAndSet(null, invocation)) {
            throw new IllegalStateException("The process of " + arn + " has an event already");
        }
        next.add(invocation);
        if (ready.isCompletedExceptionally()) {
            invocation.reply().completeExceptionally(new Gone("The process has ended."));
        }
        return invocation.reply();
    }

    /** Fails everything that waits for the process, which has ended. */
    public void gone(String why) {
        Gone gone = new Gone(why);
        if (!ready.completeExceptionally(gone)) {
            ready.obtrudeException(gone);
        }
        Invocation lost = running.get();
        if (lost != null) {
            lost.reply().completeExceptionally(gone);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher outcome = OUTCOME.matcher(path);
            if (exchange.getRequestMethod().equals("GET") && path.equals(VERSION + "invocation/next")) {
                serveNext(exchange);
            } else if (exchange.getRequestMethod().equals("GET") && path.equals(VERSION + "restore/next")) {
                // No snapshot is taken, so the process goes on at once.
                readyAt.set(System.nanoTime());
                exchange.sendResponseHeaders(200, -1);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 404, "There is only GET " + VERSION + "invocation/next.");
            } else if (outcome.matches()) {
                take(exchange, outcome.group(1), outcome.group(2).equals("error"));
            } else if (path.equals(VERSION + "init/error") || path.equals(VERSION + "restore/error")) {
                String why = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
                gone("It could not begin: " + shortened(why));
                answer(exchange, 202, "OK");
            } else {
                answer(exchange, 404, "There is nothing at this path.");
            }
        }
    }

    private void serveNext(HttpExchange exchange) throws IOException {
        readyAt.compareAndSet(0, System.nanoTime());
        ready.complete(true);
        Invocation invocation;
        try {
            invocation = next.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        byte[] event = Json.mapper().writeValueAsBytes(invocation.event());
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(invocation.deadline().toEpochMilli()));
        exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", arn);
        exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", "Root=1-" + trace(invocation) + ";Sampled=0");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    /** A trace id of X-Ray: the time in seconds and 96 bits, both in hexadecimal digits. */
    private static String trace(Invocation invocation) {
        return String.format("%08x-", Instant.now().getEpochSecond())
                + invocation.id().replace("-", "").substring(0, 24);
    }

    private void take(HttpExchange exchange, String id, boolean failed) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        Invocation invocation = running.get();
        if (invocation == null || !invocation.id().equals(id)) {
            answer(exchange, 400, "There is no invocation " + shortened(id) + ".");
            return;
        }
        running.set(null);
        if (body.length > MAX_BODY) {
            answer(exchange, 413, "An answer has at most " + MAX_BODY + " bytes.");
            invocation.reply().complete(error("Function.ResponseSizeTooLarge", "Its answer is larger than 6 MB."));
            return;
        }
        // The process gets this answer before the caller gets the result and may send the next event.
        answer(exchange, 202, "OK");
        try {
            invocation.reply().complete(new Reply(failed, Json.mapper().readTree(body)));
        } catch (JsonProcessingException e) {
            invocation.reply().complete(error("Runtime.InvalidAnswer", "Its answer is no JSON."));
        }
    }

    private static Reply error(String type, String message) {
        return new Reply(
                true, Json.mapper().createObjectNode().put("errorType", type).put("errorMessage", message));
    }

    private static String shortened(String text) {
        return text.length() <= 1_000 ? text : text.substring(0, 1_000);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body =
                Json.mapper().writeValueAsBytes(Json.mapper().createObjectNode().put("status", text));
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }
}
