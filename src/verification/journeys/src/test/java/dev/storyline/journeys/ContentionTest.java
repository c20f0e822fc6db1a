package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Repository;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests many clients that write to one stream. */
class ContentionTest {
    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(
                new LocalCloud.Options(Repository.root(), 0, null).of("wishes", "naughtychildren", "logistics"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static List<HttpResponse<String>> atOnce(int threads, List<Callable<HttpResponse<String>>> calls)
            throws Exception {
        List<HttpResponse<String>> responses = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<HttpResponse<String>> future : executor.invokeAll(calls)) {
                responses.add(future.get());
            }
        }
        return responses;
    }

    @Test
    void sixteen_clients_wishing_for_one_child_never_open_more_than_ten_wishes() throws Exception {
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        List<Callable<HttpResponse<String>>> wishes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int number = i;
            wishes.add(() -> calls.wish("max", "max-" + number, "wish " + number));
        }
        List<HttpResponse<String>> responses = atOnce(16, wishes);
        assertThat(responses)
                .allSatisfy(response ->
                        assertThat(response.statusCode()).as(response.body()).isIn(201, 422, 409));
        assertThat(responses.stream().filter(response -> response.statusCode() == 201))
                .hasSize(10);
        int open = 0;
        int most = 0;
        for (JsonNode event : calls.get("/wishes/streams/child%23max").path("events")) {
            open += event.path("type").asText().equals("WishApproved") ? 1 : 0;
            most = Math.max(most, open);
        }
        assertThat(most).isEqualTo(10);
    }

    @Test
    void the_same_key_sent_fifty_times_at_once_is_one_commit_and_fifty_equal_answers() throws Exception {
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        List<Callable<HttpResponse<String>>> wishes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            wishes.add(() -> calls.wish("ida", "one-key", "a train"));
        }
        Set<String> answers = new HashSet<>();
        for (HttpResponse<String> response : atOnce(50, wishes)) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            answers.add(response.body() + response.headers().firstValue("etag"));
        }
        assertThat(answers).hasSize(1);
        assertThat(calls.get("/wishes/streams/child%23ida").path("events")).hasSize(1);
    }
}
