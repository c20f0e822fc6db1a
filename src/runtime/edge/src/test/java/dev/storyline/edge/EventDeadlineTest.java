package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Deadline;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events are fetched as Quarkus fetches them in a native executable: over the JDK's HTTP connection. */
class EventDeadlineTest {
    private final CookieHandler before = CookieHandler.getDefault();
    private HttpServer api;
    private String deadline = "";

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/2018-06-01/runtime/invocation/next", exchange -> {
            if (!deadline.isEmpty()) {
                exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", deadline);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        api.start();
        CookieHandler.setDefault(new EventDeadline());
    }

    @AfterEach
    void stop() {
        api.stop(0);
        CookieHandler.setDefault(before);
        Deadline.begin(Deadline.of(() -> Duration.ofDays(1)));
    }

    private void fetch(String until) throws IOException {
        deadline = until;
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + api.getAddress().getPort() + "/2018-06-01/runtime/invocation/next")
                        .toURL()
                        .openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
        connection.disconnect();
    }

    @Test
    void an_event_is_near_its_end_by_the_deadline_that_came_with_it() throws IOException {
        assertThat(Deadline.current().isNear()).isFalse();
        fetch("1");
        assertThat(Deadline.current().isNear()).isTrue();
        fetch("99999999999999");
        assertThat(Deadline.current().isNear()).isFalse();
    }

    @Test
    void an_answer_without_a_deadline_changes_nothing_and_that_of_a_caller_comes_first() throws IOException {
        fetch("1");
        fetch("");
        assertThat(Deadline.current().isNear()).isTrue();
        boolean near = Deadline.of(() -> Duration.ofMinutes(1))
                .during(() -> Deadline.current().isNear());
        assertThat(near).isFalse();
    }
}
