package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.StoreFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Each row of the table in {@code docs/reference/failures.md}. */
class PassingOrLastingTest {
    private static final JsonNode NOTHING = Json.mapper().createObjectNode();
    private static @Nullable HttpServer server;

    /** The answer to the next request. */
    private static volatile Row asked = new Row("", 500, "", "");

    record Row(String who, int status, String code, String verdict) {}

    static Stream<Row> rows() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/reference/failures.md"))) {
            root = Objects.requireNonNull(root.getParent(), "the root of the repository");
        }
        return Files.readAllLines(root.resolve("docs/reference/failures.md")).stream()
                .filter(line -> line.matches("\\| [^|]+ \\| \\d{3} \\|.*"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(
                        cells[1].strip(), Integer.parseInt(cells[2].strip()), cells[3].strip(), cells[4].strip()));
    }

    @BeforeAll
    static void serve() throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.createContext("/", PassingOrLastingTest::answer);
        made.start();
        server = made;
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String body = "{}";
        if (asked.who().equals("EventBridge")) {
            body = "{\"__type\": \"com.amazonaws.events#" + asked.code() + "\"}";
        } else if (asked.who().startsWith("EventBridge")) {
            body = "{\"FailedEntryCount\": 1, \"Entries\": [{\"ErrorCode\": \"" + asked.code() + "\"}]}";
        } else if (asked.who().equals("Lambda") || asked.who().equals("Scheduler")) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", asked.code() + ":http://internal.amazon.com/");
        } else if (asked.who().equals("the invoked function")) {
            exchange.getResponseHeaders().add("X-Amz-Function-Error", asked.code());
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(asked.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_failure_is_passing_or_lasting_as_the_table_says(Row row) {
        asked = row;
        Throwable failure = catchThrowable(() -> call(row));
        boolean passing = failure instanceof TransientFailure
                || failure instanceof StoreFailure.Throttled
                || failure instanceof StoreFailure.Unavailable;
        assertThat(failure).isNotNull();
        assertThat(passing ? "passing" : "lasting").as(failure.toString()).isEqualTo(row.verdict());
    }

    private static void call(Row row) {
        URI base = URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort());
        OutboundCalls calls = new AwsOutboundCalls(
                "eu-north-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")),
                base,
                base,
                base,
                base,
                base);
        switch (row.who()) {
            case "a port" -> calls.post(base + "/port", "key", NOTHING);
            case "Lambda", "the invoked function" -> calls.invoke("arn", NOTHING);
            case "EventBridge", "EventBridge, of one event" -> publish(calls);
            case "Scheduler" -> calls.schedule(new OneTimeSchedule("g", "n", Instant.EPOCH, "f", "r", "q", NOTHING));
            case "DynamoDB" ->
                DynamoDbFailures.call(() -> {
                    throw DynamoDbException.builder()
                            .statusCode(row.status())
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode(row.code())
                                    .build())
                            .build();
                });
            default -> throw new AssertionError("Nobody is called '" + row.who() + "'");
        }
    }

    /** As the effect runner does. */
    private static void publish(OutboundCalls calls) {
        CloudEvent event = new CloudEvent(
                "1.0", "one", "urn:storyline:shop", "shop.Paid.v1", null, null, null, null, null, null, NOTHING);
        if (!calls.publish("bus", List.of(event)).isEmpty()) {
            throw new TransientFailure("The bus did not accept the event", null);
        }
    }
}
