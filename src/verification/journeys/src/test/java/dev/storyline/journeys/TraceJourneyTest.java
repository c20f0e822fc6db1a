package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A trace that a client begins goes through commits, effects and public events into the next context. */
class TraceJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of(CloudProcess.CONTEXTS));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static int wish(String child, String traceparent) throws IOException, InterruptedException {
        return calls.client()
                .send(
                        HttpRequest.newBuilder(cloud.baseUri().resolve("/wishes/children/" + child + "/wishes"))
                                .header("Content-Type", "application/json")
                                .header("traceparent", traceparent)
                                .POST(HttpRequest.BodyPublishers.ofString("{\"wish\": \"a kite\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** The traces of all commits of a context that speak of a child. */
    private static List<String> traces(String context, String child) {
        return cloud.dynamo().scan(scan -> scan.tableName("storyline-dev-" + context + "-events")).items().stream()
                .filter(commit ->
                        Objects.requireNonNull(commit.get("events")).toString().contains(child))
                .map(commit -> trace(commit))
                .toList();
    }

    private static String trace(Map<String, AttributeValue> commit) {
        AttributeValue trace = Objects.requireNonNull(commit.get("meta")).m().get("trace");
        return trace == null ? "none" : trace.s();
    }

    @Test
    void the_order_of_another_context_stands_in_the_trace_of_the_wish() throws Exception {
        assertThat(wish("tracy", "00-" + TRACE + "-00f067aa0ba902b7-01")).isEqualTo(201);

        assertThat(traces("wishes", "tracy"))
                .singleElement()
                .asString()
                .startsWith("00-" + TRACE + "-")
                .endsWith("-01")
                .doesNotContain("00f067aa0ba902b7");
        Eventually.within(
                SOON,
                () -> assertThat(traces("logistics", "tracy"))
                        .singleElement()
                        .asString()
                        .startsWith("00-" + TRACE + "-")
                        .isNotEqualTo(traces("wishes", "tracy").getFirst()));
    }

    @Test
    void a_header_that_is_none_begins_no_trace_and_refuses_nothing() throws Exception {
        assertThat(wish("nobody", "00-zz-00f067aa0ba902b7-01")).isEqualTo(201);

        assertThat(traces("wishes", "nobody")).containsExactly("none");
        Eventually.within(SOON, () -> assertThat(traces("logistics", "nobody")).containsExactly("none"));
    }
}
