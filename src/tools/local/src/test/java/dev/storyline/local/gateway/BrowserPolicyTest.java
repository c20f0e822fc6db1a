package dev.storyline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as browsers send them, with headers that no other client lets a program set. */
@TestInstance(Lifecycle.PER_CLASS)
class BrowserPolicyTest {
    private static final String FRIEND = "https://shop.example";

    private final LocalCloud closed;
    private final LocalCloud open;

    BrowserPolicyTest(@TempDir Path root) throws IOException {
        Shop shop = Shop.in(root)
                .route("show", "echo", "GET /orders/{id}")
                .route("take", "echo", "POST /orders/{id}")
                .route("look", "echo", "GET /shop/orders/{id}")
                .write("infra/openapi/shop.json", "{\"openapi\": \"3.1.0\"}");
        closed = LocalCloud.start(shop.inMemory());
        open = LocalCloud.start(shop.inMemory().with(Map.of("CorsOrigins", FRIEND + ", http://localhost:3000")));
    }

    @AfterAll
    void close() {
        closed.close();
        open.close();
    }

    private static String send(LocalCloud cloud, String line, String... headers) throws IOException {
        return RawRequest.answer(
                        cloud.baseUri().getPort(),
                        line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n")
                .toLowerCase(Locale.ROOT);
    }

    private static String own(LocalCloud cloud) {
        return "127.0.0.1:" + cloud.baseUri().getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:1", "localhost:8080", "LocalHost", "[::1]:8080", "[::1]"})
    void it_serves_its_own_names_on_every_port_that_may_lead_to_it(String host) throws Exception {
        assertThat(send(closed, "GET /orders/1", "Host: " + host)).startsWith("http/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "localhost.",
                "0.0.0.0",
                "[::2]:8080",
                "127.0.0.2"
            })
    void a_request_for_another_name_is_403_whatever_it_asks_for(String host) throws Exception {
        for (String line : new String[] {"GET /orders/1", "GET /", "POST /orders/1", "GET /nowhere"}) {
            assertThat(send(closed, line, "Host: " + host))
                    .startsWith("http/1.1 403 ")
                    .contains("urn:storyline:problem:foreign-host");
        }
    }

    @Test
    void a_page_of_its_own_may_do_everything() throws Exception {
        String host = own(closed);

        assertThat(send(closed, "POST /orders/1", "Host: " + host, "Origin: http://" + host, "Content-Length: 0"))
                .startsWith("http/1.1 200 ")
                .doesNotContain("access-control-");
        // As behind a proxy of a development machine.
        assertThat(send(closed, "POST /orders/1", "Host: localhost:3", "Origin: https://localhost:3"))
                .startsWith("http/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://127.0.0.1",
                "http://localhost:3000",
                "null",
                "",
                "file://",
                FRIEND
            })
    void a_page_of_another_origin_is_403_and_nothing_is_called(String origin) throws Exception {
        for (String line : new String[] {"GET /orders/1", "POST /orders/1", "GET /", "POST /oauth2/token"}) {
            assertThat(send(closed, line, "Host: " + own(closed), "Origin: " + origin))
                    .startsWith("http/1.1 403 ")
                    .contains("urn:storyline:problem:foreign-origin")
                    .doesNotContain("access-control-");
        }
        assertThat(send(
                        closed,
                        "OPTIONS /orders/1",
                        "Host: " + own(closed),
                        "Origin: " + origin,
                        "Access-Control-Request-Method: POST"))
                .startsWith("http/1.1 403 ");
    }

    @Test
    void two_origins_are_nobody() throws Exception {
        assertThat(send(
                        open,
                        "POST /orders/1",
                        "Host: " + own(open),
                        "Origin: http://" + own(open),
                        "Origin: https://evil.example"))
                .startsWith("http/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {FRIEND, "http://localhost:3000"})
    void a_page_that_the_context_names_asks_first_and_is_answered_by_the_gateway(String origin) throws Exception {
        String answer = send(
                open,
                "OPTIONS /orders/1",
                "Host: " + own(open),
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type");

        assertThat(answer)
                .startsWith("http/1.1 204 ")
                .contains(
                        "\r\naccess-control-allow-origin: " + origin + "\r\n",
                        "\r\naccess-control-allow-methods: get,post\r\n",
                        "\r\naccess-control-allow-headers: authorization,content-type\r\n",
                        "\r\naccess-control-max-age: 600\r\n",
                        "\r\nvary: origin\r\n")
                .doesNotContain("\"name\"");
    }

    @Test
    void a_page_that_the_context_names_may_read_answers_and_refusals() throws Exception {
        for (String line : new String[] {"GET /orders/1", "POST /orders/1", "PUT /orders/1"}) {
            assertThat(send(open, line, "Host: " + own(open), "Origin: " + FRIEND))
                    .startsWith(line.startsWith("PUT") ? "http/1.1 404 " : "http/1.1 200 ")
                    .contains(
                            "\r\naccess-control-allow-origin: " + FRIEND + "\r\n",
                            "\r\naccess-control-expose-headers: etag\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.evil.example",
                "http://shop.example",
                "https://shop.example:444",
                "https://evil.example"
            })
    void pages_of_all_other_origins_are_403_even_where_some_are_named(String origin) throws Exception {
        assertThat(send(open, "POST /orders/1", "Host: " + own(open), "Origin: " + origin))
                .startsWith("http/1.1 403 ");
    }

    @Test
    void a_page_that_the_context_names_may_read_the_document_of_the_context() throws Exception {
        String line = "GET /shop/openapi.json";
        assertThat(send(open, line, "Host: " + own(open), "Origin: " + FRIEND))
                .startsWith("http/1.1 200 ")
                .contains("\r\naccess-control-allow-origin: " + FRIEND + "\r\n", "3.1.0");
        assertThat(send(open, line, "Host: " + own(open), "Origin: https://evil.example"))
                .startsWith("http/1.1 403 ");
        assertThat(send(closed, line, "Host: " + own(closed), "Origin: " + FRIEND))
                .startsWith("http/1.1 403 ");
    }

    @Test
    void no_page_of_another_origin_gets_what_belongs_to_no_context() throws Exception {
        assertThat(send(open, "GET /", "Host: " + own(open), "Origin: " + FRIEND))
                .startsWith("http/1.1 403 ");
    }
}
