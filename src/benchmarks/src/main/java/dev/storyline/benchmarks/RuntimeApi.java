package dev.storyline.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Lambda's Runtime API for one process and one event: hands it over, takes the answer, and lets the process wait. */
final class RuntimeApi implements AutoCloseable {
    /**
     * What came back.
     *
     * @param handedOver when the event was asked for, or when the restore was over, {@link System#nanoTime}
     * @param answered when the answer was there
     * @param memory what the process occupied then
     * @param failed whether it is the report of a failure
     */
    record Answer(long handedOver, long answered, Memory memory, boolean failed, String body) {}

    /** Resident memory in kB as the kernel tells it, now and at its peak; -1 where nobody does. */
    record Memory(long now, long peak) {
        private static Memory of(long process) {
            try {
                List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(process), "status"));
                return new Memory(kilobytes(lines, "VmRSS:"), kilobytes(lines, "VmHWM:"));
            } catch (IOException e) {
                return new Memory(-1, -1);
            }
        }

        private static long kilobytes(List<String> lines, String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final String event;
    private final LongSupplier process;
    private volatile long since;

    /** A Runtime API on a port of its own, for this event. */
    RuntimeApi(String event, LongSupplier process) throws IOException {
        this.event = event;
        this.process = process;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/2018-06-01/runtime/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** For the environment variable {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The first answer. */
    Answer await(Duration longest) throws InterruptedException, TimeoutException, ExecutionException {
        return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.nanoTime();
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.endsWith("/restore/next")) {
                since = System.nanoTime();
                respond(exchange, 200, "");
            } else if (path.endsWith("/invocation/next")) {
                next(exchange);
            } else {
                boolean failed = !path.endsWith("/response");
                answer.complete(new Answer(
                        since, now, Memory.of(process.getAsLong()), failed, new String(body, StandardCharsets.UTF_8)));
                respond(exchange, 202, "");
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        if (!handedOver.compareAndSet(false, true)) {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", "cold");
        headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
        headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:cold");
        headers.add("Content-Type", "application/json");
        if (since == 0) {
            since = System.nanoTime();
        }
        respond(exchange, 200, event);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }
}
