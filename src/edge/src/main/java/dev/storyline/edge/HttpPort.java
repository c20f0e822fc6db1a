package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.TryAgain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Calls ports over HTTP, 10 seconds at most; 408, 425, 429 and 5xx mean that it should be tried again. */
public final class HttpPort {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /** As {@link Outgoing#post}. */
    public JsonNode post(String url, String key, JsonNode request) {
        HttpRequest post = HttpRequest.newBuilder(URI.create(url))
                .timeout(LONGEST)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build();
        try {
            HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
            int status = response.statusCode();
            if (status >= 500 || PASSING.contains(status)) {
                throw new TryAgain("The port " + url + " answered " + status, null);
            }
            if (status >= 300) {
                throw new IllegalStateException("The port " + url + " will not take the request: " + status);
            }
            return response.body().isBlank()
                    ? Json.mapper().nullNode()
                    : Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new TryAgain("The port " + url + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain("The call of " + url + " was interrupted", e);
        }
    }
}
