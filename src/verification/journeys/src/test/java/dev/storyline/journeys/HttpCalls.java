package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends plain HTTP requests, many in parallel. */
record HttpCalls(HttpClient client, URI base) {
    static HttpCalls to(URI base) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        return new HttpCalls(client, base);
    }

    HttpResponse<String> wish(String child, String key, String wish) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(base.resolve("/wishes/children/" + child + "/wishes"))
                        .timeout(Duration.ofSeconds(60))
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"wish\": \"" + wish + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a POST request and returns the status. */
    int post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** Sends a GET request and returns the status. */
    int status(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return Json.mapper().readTree(response.body());
    }
}
