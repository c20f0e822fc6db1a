package dev.storyline.benchmarks.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP calls of the benchmark, as the README shows them. */
final class WishCalls {
    private static final Pattern WISH_ID = Pattern.compile("\"wishId\":\\s*\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    WishCalls(URI base) {
        this.base = base;
    }

    /**
     * The answer to a wish.
     *
     * @param status the HTTP status; 0 where the connection failed
     * @param child the child that wished
     * @param wishId the wish; empty unless it was recorded
     * @param nanos how long the call took
     * @param answeredAt when it was answered, by {@link System#nanoTime}
     */
    record Wished(int status, String child, String wishId, long nanos, long answeredAt) {
        boolean accepted() {
            return status == 201;
        }
    }

    /** Makes a wish of a new child. */
    Wished wish() throws InterruptedException {
        return wish(UUID.randomUUID().toString());
    }

    Wished wish(String child) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/wishes/children/" + child + "/wishes"))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"wish\": \"a red bicycle\"}"))
                .build();
        long before = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            long now = System.nanoTime();
            Matcher id = WISH_ID.matcher(response.body());
            return new Wished(response.statusCode(), child, id.find() ? id.group(1) : "", now - before, now);
        } catch (IOException e) {
            long now = System.nanoTime();
            return new Wished(0, child, "", now - before, now);
        }
    }

    /** Whether the child's own view shows the wish of a new child. */
    boolean isInOwnView(Wished wish) throws InterruptedException {
        String shown = get("/wishes/children/" + wish.child());
        return shown.contains(wish.wishId());
    }

    /** Whether logistics shows the delivery note of the wish. */
    boolean isInLogistics(Wished wish) throws InterruptedException {
        return !get("/logistics/delivery-notes/" + wish.wishId()).isEmpty();
    }

    /** The body of an answer 200; empty for every other answer. */
    String get(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(base.resolve(path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
