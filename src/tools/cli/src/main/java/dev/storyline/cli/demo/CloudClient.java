package dev.storyline.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.storyline.cli.common.CouldNot;
import dev.storyline.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a local cloud, a few at once. What gets no answer, or is put off, is sent again under the same key, so
 * that a cloud that is killed and started again is survived, and nothing happens twice.
 */
final class CloudClient implements AutoCloseable {
    /** How long one request is sent again and again before the demo gives up. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int AT_ONCE = 12;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(35);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** The request was not served, but may be: others were faster, the cloud is busy, starts or ends. */
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 429, 502, 503, 504);

    private final CloudAddress address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();

    CloudClient(CloudAddress address) {
        this.address = address;
    }

    /**
     * An answer.
     *
     * @param body its JSON; missing if it is none
     * @param away for how long the request had no answer, or was put off
     */
    record Reply(int status, JsonNode body, Duration away) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** The rule that said no; empty if none did. */
        String rule() {
            return body.path("rule").asText("");
        }

        /** What a person wants to know of an answer that was not expected. */
        String text() {
            String detail = body.path("detail").asText("");
            return status + (rule().isEmpty() ? "" : " " + rule()) + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    URI address() {
        return address.current();
    }

    /** How many requests were sent, repeated ones included. */
    int sent() {
        return sent.get();
    }

    /** How many requests were sent again because there was no answer, or the cloud put them off. */
    int retries() {
        return retries.get();
    }

    /**
     * The list of slices and routes.
     *
     * @throws CouldNot if nobody answers
     */
    String index() throws InterruptedException {
        URI base = address.current();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(base.resolve("/"))
                            .timeout(ANSWER_WITHIN)
                            .header("accept", "text/plain")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response.body();
            }
            throw new CouldNot(
                    "What answers at " + base + " is no local cloud: it said " + response.statusCode() + ".");
        } catch (IOException e) {
            throw new CouldNot(
                    "No local cloud answers at " + base + ": './storyline up' starts one, and --url names another.", e);
        }
    }

    /** Sends a query. */
    Reply get(String path) throws InterruptedException {
        return send(path, null, "");
    }

    /** Sends a command under a key. */
    Reply post(String path, JsonNode body, String key) throws InterruptedException {
        return send(path, body, key);
    }

    /**
     * Sends a request until it has an answer.
     *
     * @throws CouldNot if it has none for two minutes
     */
    private Reply send(String path, @Nullable JsonNode body, String key) throws InterruptedException {
        long begin = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String trouble;
            URI base = address.current();
            long wait = pause.toMillis();
            try {
                HttpResponse<String> response = once(base, path, body, key);
                if (!TRY_AGAIN.contains(response.statusCode())) {
                    Duration away =
                            pause.equals(FIRST_PAUSE) ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begin);
                    return new Reply(response.statusCode(), json(response.body()), away);
                }
                trouble = "It answered " + response.statusCode();
                wait = Math.max(wait, retryAfter(response));
            } catch (IOException e) {
                trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                address.gone(base);
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new CouldNot("The local cloud at " + base + " has not served " + path + " for "
                        + PATIENCE.toMinutes() + " minutes (" + trouble + "). What it has recorded stays recorded.");
            }
            retries.incrementAndGet();
            Thread.sleep(wait);
            pause = longer(pause, LONGEST_PAUSE);
        }
    }

    private HttpResponse<String> once(URI base, String path, @Nullable JsonNode body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN);
        if (body != null) {
            request.header("content-type", "application/json")
                    .header("idempotency-key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)));
        }
        places.acquire();
        try {
            sent.incrementAndGet();
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            places.release();
        }
    }

    /** The next pause, half as long again. */
    static Duration longer(Duration pause, Duration longest) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(longest) > 0 ? longest : next;
    }

    /** The milliseconds of {@code Retry-After}, ten seconds at most; 0 where there is none. */
    private static long retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Math.min(10, Long.parseLong(seconds)) * 1_000)
                .orElse(0L);
    }

    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
