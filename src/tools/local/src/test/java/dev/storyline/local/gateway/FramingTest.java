package dev.storyline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private static final String HOST = "Host: 127.0.0.1\r\n";

    /** The deadline of the server in the tests that wait for it. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: +12",
                "Content-Length: -1",
                "Content-Length: 12,12",
                "Content-Length: 12 12",
                "Content-Length: 0xc",
                "Content-Length: 1e1",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Content-Length: 12\r\nContent-Length: 13",
                "Content-Length: 12\r\nContent-Length: 12",
                "Content-Length: 12\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 12",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Content-Length : 12",
                "Content-Length: 12\nX-Bare: line-feed",
                "X-Bare: carriage\rreturn",
                "X-Folded: one\r\n two",
                " X-Leading: space",
                "X-Null: \u0000",
                "X Space: one",
                "no colon",
                ": no name",
                "Host: another",
                "Expect: the unexpected",
            })
    void headers_that_do_not_frame_one_request_are_refused(String header) throws Exception {
        assertRefused("POST /orders HTTP/1.1\r\n" + HOST + header + "\r\n\r\n{\"a\": \"bcd\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "nonsense HTTP/1.1",
                "GET",
                "GET /orders",
                "GET /orders and more HTTP/1.1",
                "GET /<orders> HTTP/1.1",
                "GET /orders?{x} HTTP/1.1",
                "GET /a\\b HTTP/1.1",
                "GET /orders#part HTTP/1.1",
                "GET http://me@127.0.0.1/orders HTTP/1.1",
                "GET http://elsewhere/orders HTTP/1.1",
                "GET /orders HTTP/0.9",
                "GET /orders HTTP/1.2",
                "GET /orders HTTP/2.0",
                "GET /orders HTTP/9",
                "GET /orders JAVA/1.1",
                "G\u00cbT /orders HTTP/1.1",
                "\u0016\u0003\u0001\u0000",
            })
    void a_request_line_that_is_none_is_refused(String line) throws Exception {
        assertRefused(line + "\r\n" + HOST + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nabc\r\n0\r\n\r\n",
                "+3\r\nabc\r\n0\r\n\r\n",
                "3\r\nabcde\r\n0\r\n\r\n",
                "3\nabc\n0\n\n",
                "3\r\nab"
            })
    void chunks_that_are_malformed_are_refused(String chunks) throws Exception {
        assertRefused("POST /orders HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    @Test
    void a_request_without_a_host_and_one_that_breaks_off_and_oversized_headers_are_refused() throws Exception {
        assertRefused("GET /orders HTTP/1.1\r\n\r\n");
        assertRefused("POST /orders HTTP/1.1\r\n" + HOST + "Content-Length: 12\r\n\r\nabc");
        assertThat(assertRefused("GET /orders HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(100_000) + "\r\n\r\n"))
                .isEqualTo(431);
        assertThat(assertRefused("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .isEqualTo(431);
    }

    @Test
    void the_absolute_form_and_chunks_are_understood() throws Exception {
        int port = server(GatewayServer.LONGEST_TRANSFER);

        String answer = RawRequest.answer(
                port,
                "POST http://127.0.0.1/orders?x HTTP/1.1\r\n" + HOST
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\r\nx-content-type-options: nosniff\r\n");
        assertThat(seen).containsExactly("POST /orders abc");
    }

    @Test
    void a_request_that_does_not_arrive_whole_in_time_is_closed() throws Exception {
        int port = server(SHORT);
        List<Socket> sockets = new ArrayList<>();
        for (String half : List.of(
                "",
                "GET /orders HT",
                "GET /orders HTTP/1.1\r\nHost: x\r\n",
                "POST /orders HTTP/1.1\r\n" + HOST + "Content-Length: 12\r\n\r\nabc")) {
            Socket socket = RawRequest.open(port);
            open.add(socket);
            sockets.add(socket);
            socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
        }

        for (Socket socket : sockets) {
            assertThat(RawRequest.rest(socket)).doesNotContain("200");
        }
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /orders HTTP/1.1\r\nHost: x\r\nX: ",
                "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n"
            })
    void a_request_that_drips_is_closed_although_it_is_never_idle(String start) throws Exception {
        Socket socket = RawRequest.open(server(SHORT));
        open.add(socket);
        socket.getOutputStream().write(start.getBytes(StandardCharsets.UTF_8));

        Thread drip = Thread.startVirtualThread(() -> drip(socket));
        assertThat(RawRequest.rest(socket)).doesNotContain("200");

        assertThat(drip.join(Duration.ofSeconds(10))).isTrue();
        assertThat(seen).isEmpty();
    }

    /** Writes a byte now and then, until the connection is closed. */
    private static void drip(Socket socket) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write('x');
            }
        } catch (SocketException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_request_that_has_arrived_may_take_longer_than_the_deadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        int port = server(SHORT, (_, _, arrived) -> {
            arrived.run();
            try {
                return HttpAnswer.of(200, "text/plain", "closed: " + never.await(1_500, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        String answer = RawRequest.answer(port, "GET /orders HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("closed: false");
    }

    @Test
    void a_connection_that_is_kept_has_the_whole_time_for_each_request() throws Exception {
        Socket socket = RawRequest.open(server(SHORT));
        open.add(socket);
        byte[] request = ("GET /orders HTTP/1.1\r\n" + HOST + "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] start = new byte[12];
        for (int i = 0; i < 3; i++) {
            socket.getOutputStream().write(request);
            assertThat(socket.getInputStream().readNBytes(start, 0, start.length))
                    .isEqualTo(start.length);
            int read = socket.getInputStream().read();
            while (read >= 0 && read != '!') {
                read = socket.getInputStream().read();
            }
        }

        assertThat(RawRequest.rest(socket)).isEmpty();
        assertThat(seen).hasSize(3);
    }

    private int server(Duration longest) {
        return server(longest, (request, _, arrived) -> {
            try {
                String body = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
                arrived.run();
                seen.add(request.method() + " " + request.path() + " " + body);
                return HttpAnswer.of(200, "text/plain", "Thank you!");
            } catch (IOException e) {
                return Problem.malformed("cut", request.path()).beforeTheEnd();
            }
        });
    }

    private int server(Duration longest, GatewayServer.Responder responder) {
        GatewayServer server = new GatewayServer(0, longest, responder);
        open.add(server);
        server.start();
        return server.port();
    }

    /** Returns the status of the problem document. */
    private int assertRefused(String request) throws Exception {
        seen.clear();
        String answer = RawRequest.answer(server(GatewayServer.LONGEST_TRANSFER), request);

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (4|501|505).*")
                .doesNotContain("Exception", "<html>", "jetty", "Jetty");
        int end = answer.indexOf("\r\n\r\n");
        assertThat(answer.substring(0, end).split("\r\n"))
                .contains("Content-Type: application/problem+json", "x-content-type-options: nosniff")
                .anyMatch(header -> header.startsWith("x-request-id: "));
        JsonNode problem = Json.mapper().readTree(answer.substring(end + 4));
        assertThat(problem.path("type").asText()).startsWith("urn:storyline:problem:");
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(seen).isEmpty();
        return problem.path("status").asInt();
    }
}
