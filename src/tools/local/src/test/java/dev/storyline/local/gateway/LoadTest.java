package dev.storyline.local.gateway;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.Shop;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.database.KeptParameters;
import dev.storyline.local.lambda.FunctionInvoker;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More callers than the gateway serves at once. The functions of commands block until the test lets them go. */
class LoadTest {
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final AtomicInteger commandsAtOnce = new AtomicInteger(Gateway.COMMANDS_AT_ONCE);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore mayEnd = new Semaphore(0);
    private final Gateway gateway;

    LoadTest(@TempDir Path root) throws IOException {
        Shop.in(root).route("show", "echo", "GET /orders/{id}").route("change", "echo", "POST /orders/{id}");
        gateway = new Gateway(
                ContextSelection.ALL
                        .read(root, Map.of(), KeptParameters.of(null))
                        .deployment(),
                new Functions(),
                0,
                new FrontPage(root, Set.of()),
                DiskSpace.of(null),
                () -> "",
                null,
                commandsAtOnce::get);
    }

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        gateway.close();
        client.close();
    }

    @Test
    void commands_beyond_sixteen_wait_in_turn_while_queries_are_served() throws Throwable {
        List<CompletableFuture<HttpResponse<String>>> commands = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            commands.add(send("/orders/" + i, "POST"));
        }
        soon(() -> assertThat(running).hasValue(16));
        assertThat(send("/orders/1", "GET").get(1, TimeUnit.MINUTES).statusCode())
                .isEqualTo(200);

        mayEnd.release(60);
        for (CompletableFuture<HttpResponse<String>> command : commands) {
            assertThat(command.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        }
        assertThat(most).hasValue(16);
    }

    @Test
    void requests_that_are_still_on_their_way_hold_no_place() throws Throwable {
        commandsAtOnce.set(1);
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Socket socket = RawRequest.open(gateway.baseUri().getPort());
            half.add(socket);
            socket.getOutputStream()
                    .write("POST /orders/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 12\r\n\r\nabc"
                            .getBytes(StandardCharsets.UTF_8));
        }
        mayEnd.release(1);

        assertThat(send("/orders/1", "POST").get(1, TimeUnit.MINUTES).statusCode())
                .isEqualTo(200);

        for (Socket socket : half) {
            socket.close();
        }
    }

    @Test
    void a_command_that_would_wait_too_long_is_told_to_try_again_and_does_not_run() throws Throwable {
        commandsAtOnce.set(1);
        CompletableFuture<HttpResponse<String>> first = send("/orders/1", "POST");
        soon(() -> assertThat(running).hasValue(1));

        HttpResponse<String> second = send("/orders/2", "POST").get(1, TimeUnit.MINUTES);

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("retry-after")).hasValue("1");
        assertThat(second.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(Json.mapper().readTree(second.body()).path("type").asText()).isEqualTo("urn:storyline:problem:busy");
        mayEnd.release(1);
        assertThat(first.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        assertThat(most).hasValue(1);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, String method) {
        return client.sendAsync(
                HttpRequest.newBuilder(gateway.baseUri().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Functions that answer 200; those of commands do so when the test says so. */
    private final class Functions implements FunctionInvoker {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            if (event.at("/requestContext/http/method").asText().equals("POST")) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                mayEnd.acquireUninterruptibly();
                running.decrementAndGet();
            }
            return Json.mapper().createObjectNode().put("statusCode", 200);
        }

        @Override
        public void startAll() {
            // They are in this process.
        }

        @Override
        public void close() {
            // They hold nothing.
        }
    }
}
