package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.edge.HttpCommandEndpoint.StreamFinder;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the endpoint answers before it reads the event table, which is out of reach here. */
class HttpCommandEndpointTest {
    record Fulfil(String wishId) {}

    @EventType("Fulfilled")
    record Fulfilled(String wishId) {}

    private static final class Fulfilling implements Decider<Fulfil, Integer, Fulfilled> {
        @Override
        public Class<Fulfilled> folds() {
            return Fulfilled.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, Fulfilled event) {
            return state + 1;
        }

        @Override
        public Decision<Fulfilled> decide(Fulfil command, Integer state) {
            return Decision.accept(new Fulfilled(command.wishId()));
        }
    }

    private final AtomicInteger looks = new AtomicInteger();
    private final List<Long> pauses = new ArrayList<>();

    private JsonNode answer(Map<String, Object> event) throws Exception {
        Map<String, Object> whole = new HashMap<>(event);
        whole.put("isBase64Encoded", false);
        whole.put("headers", Map.of("content-type", "application/json"));
        try (DynamoDbClient nowhere = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            Edge edge = new Edge(
                    new Settings(Map.of("SLICE", "wishes/fulfil-wish", "EVENT_TABLE", "events")),
                    nowhere,
                    OutboundCalls.NONE,
                    Clock.systemUTC(),
                    pauses::add,
                    ParallelTasks.REAL);
            HttpReply reply = HttpCommandEndpoint.finding(
                            edge,
                            edge.handler(Language.of("wishes", Set.of(Fulfilled.class), List.of()), new Fulfilling()),
                            Fulfil.class,
                            request -> {
                                looks.incrementAndGet();
                                return new StreamFinder.Found.Nowhere(
                                        Rule.unknown("no-wish", "There is no such wish."));
                            },
                            (request, occasion) -> Gate.open(request))
                    .handle(Json.mapper().convertValue(whole, HttpEvent.class));
            return Json.mapper().valueToTree(reply);
        }
    }

    private static JsonNode body(JsonNode reply) throws Exception {
        return Json.mapper().readTree(reply.path("body").asText());
    }

    @Test
    void an_unknown_id_costs_a_few_looks_within_about_two_seconds() throws Exception {
        JsonNode reply = answer(Map.of("body", "{\"wishId\": \"w1\"}"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(404);
        assertThat(body(reply).path("rule").asText()).isEqualTo("no-wish");
        assertThat(looks.get()).isBetween(2, 8);
        assertThat(pauses).hasSize(looks.get() - 1);
        assertThat(pauses.stream().mapToLong(Long::longValue).sum() / 2)
                .as("nanoseconds: each pause is half its limit on average")
                .isBetween(1_000_000_000L, 2_000_000_000L);
    }

    @Test
    void a_command_takes_no_query_parameters() throws Exception {
        JsonNode reply =
                answer(Map.of("body", "{\"wishId\": \"w1\"}", "queryStringParameters", Map.of("dryRun", "true")));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
        assertThat(body(reply).path("errors").path(0).path("in").asText()).isEqualTo("query");
        assertThat(body(reply).path("errors").path(0).path("field").asText()).isEqualTo("dryRun");
        assertThat(looks.get()).as("nothing is read").isZero();
    }

    @Test
    void a_problem_has_a_type_and_no_link_to_a_page_that_only_the_local_cloud_serves() throws Exception {
        JsonNode reply = answer(Map.of("body", "{"));

        assertThat(reply.path("headers").has("link")).isFalse();
        assertThat(body(reply).path("type").asText()).isEqualTo("urn:storyline:problem:malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"wishId\": ",
                "{\"wishId\": \"w1\"",
                "{\"wishId\": [1, 2",
                "{wishId: 1}",
                "{\"wishId\": yes}",
                "{\"wishId\": \"w1\", \"wishId\": \"w2\"}",
                "{\"wishId\": \"w1\"} {}",
                "{\"wishId\": \"\t\"}",
                "DEEP",
                "LONG"
            })
    void what_is_no_json_is_told_without_a_word_of_the_code(String text) throws Exception {
        String body = switch (text) {
            case "DEEP" -> "{\"wishId\": " + "[".repeat(100);
            case "LONG" -> "{\"wishId\": " + "1".repeat(2_000) + "}";
            default -> text;
        };
        JsonNode reply = answer(Map.of("body", body));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
        assertThat(body(reply).path("detail").asText())
                .doesNotContainPattern("`|[Ss]ource|Stream|Feature|\\bget[A-Z]|\\b(com|dev|java)\\.");
    }

    @Test
    void of_very_many_flaws_the_first_are_named_so_that_the_answer_stays_small() throws Exception {
        StringBuilder fields = new StringBuilder("{\"wishId\": \"w1\"");
        for (int i = 0; fields.length() < HttpCommandEndpoint.MAX_BODY - 20; i++) {
            fields.append(",\"f").append(i).append("\":1");
        }
        JsonNode reply = answer(Map.of("body", fields.append('}').toString()));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
        assertThat(body(reply).path("errors")).hasSizeBetween(10, 100);
        assertThat(reply.path("body").asText().length()).isLessThan(100_000);
    }
}
