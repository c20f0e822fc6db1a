package dev.storyline.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Runtime API, used as a process uses it. */
class RuntimeApiTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final JsonNode EVENT = Json.mapper().createObjectNode().put("a", 1);

    private final RuntimeApi api = new RuntimeApi("arn:of-it");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        api.close();
        client.close();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path))
                .timeout(LONGEST);
    }

    private HttpResponse<String> next() throws IOException, InterruptedException {
        return client.send(at("invocation/next").build(), HttpResponse.BodyHandlers.ofString());
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                        at(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String id(HttpResponse<String> next) {
        return next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
    }

    @Test
    void an_event_comes_with_its_id_deadline_and_arn_and_its_answer_goes_back() throws Exception {
        CompletableFuture<RuntimeApi.Reply> reply = api.invoke(EVENT, LONGEST);
        assertThatThrownBy(() -> api.invoke(EVENT, LONGEST)).isInstanceOf(IllegalStateException.class);
        HttpResponse<String> next = next();
        assertThat(api.ready()).isCompleted();
        assertThat(next.body()).isEqualTo(EVENT.toString());
        assertThat(next.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn"))
                .hasValue("arn:of-it");
        assertThat(next.headers().firstValue("Lambda-Runtime-Trace-Id").orElseThrow())
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};.*");
        assertThat(next.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms").orElseThrow())
                .isBetween(
                        Instant.now().toEpochMilli(),
                        Instant.now().plus(LONGEST).toEpochMilli());
        assertThat(post("invocation/another/response", "{}")).isEqualTo(400);
        assertThat(post("invocation/" + id(next) + "/response", "{\"b\": 2}")).isEqualTo(202);
        assertThat(reply.get())
                .isEqualTo(new RuntimeApi.Reply(false, Json.mapper().readTree("{\"b\": 2}")));
        assertThat(post("invocation/" + id(next) + "/response", "{}")).isEqualTo(400);
    }

    @Test
    void failures_and_answers_that_are_not_json_or_too_large_are_reported() throws Exception {
        CompletableFuture<RuntimeApi.Reply> failed = api.invoke(EVENT, LONGEST);
        assertThat(post("invocation/" + id(next()) + "/error", "{\"errorMessage\": \"no\"}"))
                .isEqualTo(202);
        assertThat(failed.get().failed()).isTrue();
        CompletableFuture<RuntimeApi.Reply> odd = api.invoke(EVENT, LONGEST);
        assertThat(post("invocation/" + id(next()) + "/response", "{")).isEqualTo(202);
        assertThat(odd.get().body().path("errorType").asText()).isEqualTo("Runtime.InvalidAnswer");
        CompletableFuture<RuntimeApi.Reply> large = api.invoke(EVENT, LONGEST);
        assertThat(post("invocation/" + id(next()) + "/response", "x".repeat(RuntimeApi.MAX_BODY + 1)))
                .isEqualTo(413);
        assertThat(large.get().body().path("errorType").asText()).isEqualTo("Function.ResponseSizeTooLarge");
    }

    @Test
    void a_process_that_cannot_start_reports_why() throws Exception {
        assertThat(post("init/error", "{\"errorMessage\": \"no table\"}")).isEqualTo(202);
        assertThat(api.ready()).isCompletedExceptionally();
        assertThatThrownBy(() -> api.invoke(EVENT, LONGEST).get()).hasCauseInstanceOf(RuntimeApi.Gone.class);
        assertThatThrownBy(() -> api.ready().get()).hasMessageContaining("no table");
    }
}
