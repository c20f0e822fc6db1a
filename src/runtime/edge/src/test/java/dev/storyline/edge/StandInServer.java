package dev.storyline.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The other side of a port over real HTTP: gives prepared answers, else 200, and records the requests. */
final class StandInServer implements AutoCloseable {
    /**
     * A request.
     *
     * @param key the {@code Idempotency-Key}
     */
    record Asked(String method, String key, String type, String body) {}

    private record Answer(int status, Map<String, String> headers, boolean ends) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Runnable before = () -> {};

    StandInServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/entries";
    }

    /** The requests, in order. */
    List<Asked> asked() {
        return asked;
    }

    /** Prepares the next answers. */
    void answers(int... statuses) {
        for (int status : statuses) {
            answers.add(new Answer(status, Map.of(), true));
        }
    }

    /** Prepares an answer with {@code Retry-After}. */
    void answersLater(int status, String retryAfter) {
        answers.add(new Answer(status, Map.of("retry-after", retryAfter), true));
    }

    /** Prepares an answer that begins and does not end. */
    void answersWithoutEnd() {
        answers.add(new Answer(200, Map.of(), false));
    }

    /** Forgets the prepared answers. */
    void answersNothingMore() {
        answers.clear();
    }

    /** Holds back all answers until it is released. */
    void answersWhenLetGo() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** Runs before each answer. */
    void beforeEachAnswer(Runnable happening) {
        before = happening;
    }

    /** Waits until this number of requests has arrived. */
    void awaitAsked(int times) throws InterruptedException {
        synchronized (asked) {
            while (asked.size() < times) {
                asked.wait();
            }
        }
    }

    private void heard(Asked one) {
        synchronized (asked) {
            asked.add(one);
            asked.notifyAll();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            heard(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("idempotency-key"),
                    exchange.getRequestHeaders().getFirst("content-type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            gate.await();
            before.run();
            Answer next = answers.poll();
            Answer answer = next == null ? new Answer(200, Map.of(), true) : next;
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            if (!answer.ends()) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        gate.countDown();
        server.stop(0);
        threads.close();
    }
}
