package dev.storyline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class GatewayTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalCloud cloud;
    private final Path model;

    GatewayTest(@TempDir Path root) throws IOException {
        model = Files.createDirectories(root.resolve("src/contexts/shop")).resolve("model.yaml");
        cloud = LocalCloud.start(Shop.in(root)
                .route("show", "echo", "GET /orders/{id}")
                .route("list", "echo", "GET /orders/open")
                .route("change", "echo", "POST /orders/{id}/lines/{line}")
                .route("broken", "broken", "GET /broken")
                .route("odd", "odd", "GET /odd")
                .route("bare", "bare", "GET /bare")
                .inMemory());
    }

    @AfterAll
    void close() {
        cloud.close();
    }

    @Test
    void a_function_gets_the_event_of_payload_format_two() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("/orders/child%23simo/lines/a+b%20c?x=1&x=2&y=p+q%26&z"))
                        .header("X-Two", "one")
                        .header("X-Two", "two")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"wish\": \"\u00fc\"}")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        JsonNode event = Json.mapper().readTree(response.body()).path("event");
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("POST /orders/{id}/lines/{line}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/orders/child#simo/lines/a+b c");
        assertThat(event.at("/requestContext/http/path").asText()).isEqualTo("/orders/child#simo/lines/a+b c");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&x=2&y=p+q%26&z");
        assertThat(event.at("/pathParameters/id").asText()).isEqualTo("child#simo");
        assertThat(event.at("/pathParameters/line").asText()).isEqualTo("a+b c");
        assertThat(event.at("/queryStringParameters/x").asText()).isEqualTo("1,2");
        assertThat(event.at("/queryStringParameters/y").asText()).isEqualTo("p q&");
        assertThat(event.at("/queryStringParameters/z").asText()).isEmpty();
        assertThat(event.at("/headers/x-two").asText()).isEqualTo("one,two");
        assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("POST");
        assertThat(event.path("body").asText()).isEqualTo("{\"wish\": \"\u00fc\"}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,                  false",
        "Application/JSON; charset=utf-8,   false",
        "text/plain,                        false",
        "application/xml,                   false",
        "application/javascript,            false",
        "application/octet-stream,          true",
        "application/x-www-form-urlencoded, true",
        "application/problem+json,          true",
        "application/jsonp,                 true",
        "'',                                true"
    })
    void a_body_of_another_type_than_text_is_encoded_in_base64(String type, boolean encoded) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/orders/1/lines/2")).POST(HttpRequest.BodyPublishers.ofString("abc"));
        HttpResponse<String> response = send(type.isEmpty() ? request : request.header("content-type", type));

        JsonNode event = Json.mapper().readTree(response.body()).path("event");
        assertThat(event.path("body").asText()).isEqualTo(encoded ? "YWJj" : "abc");
        assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(encoded);
    }

    @Test
    void text_that_is_no_utf_8_is_encoded_in_base64() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/orders/1/lines/2"))
                .header("content-type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0})));

        JsonNode event = Json.mapper().readTree(response.body()).path("event");
        assertThat(event.path("body").asText()).isEqualTo("/wA=");
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void an_answer_without_a_status_is_the_body_of_a_success() throws Exception {
        HttpResponse<String> response = get("/odd?colour=red");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"colour\":\"red\"}");
    }

    @Test
    void an_answer_without_a_type_is_text() throws Exception {
        HttpResponse<String> response = get("/bare");

        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(response.headers().firstValue("apigw-requestid"))
                .isEqualTo(response.headers().firstValue("x-request-id"))
                .isPresent();
    }

    @Test
    void a_literal_beats_a_parameter() throws Exception {
        assertThat(get("/orders/open").body()).contains("\"name\":\"list\"");
        assertThat(get("/orders/4711").body()).contains("\"name\":\"show\"");
    }

    @Test
    void a_route_of_get_takes_no_head() throws Exception {
        assertThat(head("/orders/1").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_of_the_local_cloud_itself_takes_head() throws Exception {
        HttpResponse<String> head = head("/");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("content-length").orElse(0)).isPositive();
    }

    private HttpResponse<String> head(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void the_root_lists_slices_and_routes() throws Exception {
        assertThat(get("/").body()).contains("slice shop/show\n").contains("GET /orders/{id}\n");
    }

    @Test
    void a_browser_gets_the_current_drawing_of_the_models_or_the_place_of_an_error() throws Exception {
        Files.writeString(model, "context: shop\nevents: [OrderPlaced]\n");
        HttpResponse<String> page = browse();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(page.body()).contains("OrderPlaced").doesNotContain("OrderShipped");

        Files.writeString(model, "context: shop\nevents: [OrderPlaced, OrderShipped]\n");
        assertThat(browse().body()).contains("OrderShipped");

        Files.writeString(model, "context: shop\nevnets: [OrderPlaced]\n");
        HttpResponse<String> broken = browse();
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("src/contexts/shop/model.yaml:2:1").contains("did you mean 'events'?");
        Files.delete(model);
    }

    private HttpResponse<String> browse() throws Exception {
        return send(HttpRequest.newBuilder(uri("/")).header("accept", "text/html,*/*;q=0.8"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /nowhere,                404, GET / lists the routes.",
        "GET,  /orders,                 404, 'GET /orders/{id}'",
        "GET,  /orders/,                404, near it are",
        "GET,  /orders/1/,              404, near it are",
        "PUT,  /orders/1,               404, 'This path takes GET, not PUT.'",
        "OPTIONS, /orders/1,            404, 'This path takes GET, not OPTIONS.'",
        "POST, /broken,                 404, 'This path takes GET, not POST.'",
        "GET,  /orders/%C3%28,          400, not percent-encoded UTF-8",
        "GET,  /orders/1?x=%ff,         400, not percent-encoded UTF-8",
        "GET,  /broken,                 500, the log has the cause under the request id",
        "GET,  /odd?statusCode=x,       500, no answer that can be sent",
    })
    void a_request_that_cannot_be_served_is_answered_with_a_problem_document(
            String method, String path, int status, String detail) throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText() + problem.path("detail").asText())
                .contains(detail);
        assertThat(problem.path("type").asText()).startsWith("urn:storyline:problem:");
        assertThat(problem.path("instance").asText()).isEqualTo(uri(path).getRawPath());
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void headers_above_the_limit_are_refused() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("/orders/1")).header("x-long", "x".repeat(10_241)));

        assertThat(response.statusCode()).isEqualTo(431);
        assertThat(response.body()).contains("10240 bytes");
    }

    @Test
    void a_body_of_six_megabytes_is_taken() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/orders/1/lines/2"))
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(RequestBodies.MAX_BODY))));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void a_larger_body_is_refused_and_the_client_gets_the_answer() throws Exception {
        byte[] large = new byte[10 * 1024 * 1024];

        HttpResponse<String> announced = send(
                HttpRequest.newBuilder(uri("/orders/1/lines/2")).POST(HttpRequest.BodyPublishers.ofByteArray(large)));
        HttpResponse<String> chunked = send(HttpRequest.newBuilder(uri("/orders/1/lines/2"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("A request has at most 6291456 bytes.");
    }

    @Test
    void a_body_that_is_announced_too_large_is_refused_before_it_is_sent() throws Exception {
        assertThat(raw("POST /orders/1/lines/2 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /orders/%zz", "GET //orders", "OPTIONS *", "nonsense", "GET"})
    void a_malformed_request_line_is_answered_with_400_or_404(String line) throws Exception {
        assertThat(raw(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).matches("(?s)HTTP/1.1 40[04] .*");
    }

    @Test
    void a_raw_utf_8_path_is_understood() throws Exception {
        assertThat(raw("GET /orders/j\u00fcrgen HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .contains("\"id\":\"j\u00fcrgen\"");
    }

    /** Sends text as it is and reads the start of the answer. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), cloud.baseUri().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8 * 1024];
            int read = socket.getInputStream().read(buffer);
            while (read > 0) {
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                read = request.contains("Connection: close")
                        ? socket.getInputStream().read(buffer)
                        : -1;
            }
            return answer.toString();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private java.net.URI uri(String path) {
        return java.net.URI.create(cloud.baseUri() + path);
    }
}
