package dev.storyline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.cli.common.CouldNot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudClientTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private final CloudClient client = new CloudClient(CloudAddress.fixed(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort())));

    private HttpServer server() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", this::serve);
            made.start();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    /** The first request is cut off, the second is put off, the third is served. */
    private void serve(HttpExchange exchange) throws IOException {
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("idempotency-key")));
        int number = asked.incrementAndGet();
        if (number == 1) {
            exchange.close();
            return;
        }
        byte[] body =
                (number == 2 ? "{}" : "{\"rule\": \"no\", \"detail\": \"Because.\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("retry-after", "0");
        exchange.sendResponseHeaders(number == 2 ? 503 : 422, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void what_has_no_answer_or_is_put_off_is_sent_again_under_the_same_key() throws Exception {
        CloudClient.Reply reply = client.post("/a/b", Step.object("x", 1), "the-key");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.rule()).isEqualTo("no");
        assertThat(reply.text()).isEqualTo("422 no: Because.");
        assertThat(reply.away()).isPositive();
        assertThat(keys).hasSizeGreaterThanOrEqualTo(3).containsOnly("the-key");
        assertThat(client.retries()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void where_nobody_listens_it_says_so() throws Exception {
        try (CloudClient nobody = new CloudClient(CloudAddress.fixed(URI.create("http://127.0.0.1:9")))) {
            assertThatThrownBy(nobody::index)
                    .isInstanceOf(CouldNot.class)
                    .hasMessageContaining("No local cloud answers at http://127.0.0.1:9: './storyline up' starts one");
        }
    }
}
