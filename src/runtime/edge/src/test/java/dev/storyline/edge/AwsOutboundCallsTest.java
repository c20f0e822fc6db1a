package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The requests to Lambda, EventBridge, SNS and EventBridge Scheduler on the wire, and the reading of their responses. */
class AwsOutboundCallsTest {
    /** One received request. */
    private record Seen(String method, String path, Map<String, List<String>> headers, String text, JsonNode body) {}

    private final List<Seen> seen = new ArrayList<>();
    private final HttpServer server;
    private final AwsOutboundCalls outgoing;
    private int status = 200;
    private String answer = "{}";
    private String errorType = "";
    private boolean functionError;

    AwsOutboundCallsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        outgoing = new AwsOutboundCalls(
                "eu-north-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")),
                base,
                base,
                base,
                base,
                base);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath()
                        + (exchange.getRequestURI().getRawQuery() == null
                                ? ""
                                : "?" + exchange.getRequestURI().getRawQuery()),
                Map.copyOf(exchange.getRequestHeaders()),
                text,
                text.startsWith("{")
                        ? Json.mapper().readTree(text)
                        : Json.mapper().getNodeFactory().textNode(text)));
        if (!errorType.isEmpty()) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", errorType);
        }
        if (functionError) {
            exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static CloudEvent event(String id) {
        return new CloudEvent(
                "1.0",
                id,
                "urn:storyline:shop",
                "shop.Paid.v1",
                null,
                null,
                null,
                null,
                null,
                null,
                Json.mapper().createObjectNode().put("amount", 5));
    }

    @Test
    void a_function_is_invoked_by_its_arn_signed_for_lambda_and_its_answer_comes_back() {
        answer = "{\"outcome\": \"accepted\"}";
        JsonNode reply = outgoing.invoke(
                "arn:aws:lambda:eu-north-1:1:function:ship",
                Json.mapper().createObjectNode().put("a", 1));
        assertThat(reply.path("outcome").asText()).isEqualTo("accepted");
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.path())
                    .isEqualTo(
                            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-north-1%3A1%3Afunction%3Aship/invocations");
            assertThat(request.headers().get("Authorization"))
                    .singleElement()
                    .asString()
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
                    .contains("/eu-north-1/lambda/aws4_request");
            assertThat(request.body().toString()).isEqualTo("{\"a\":1}");
        });
    }

    @Test
    void a_function_that_throws_is_trouble_that_may_pass() {
        functionError = true;
        answer = "{\"errorType\": \"TryAgain\"}";
        assertThatThrownBy(() -> outgoing.invoke("arn", Json.mapper().createObjectNode()))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("errorType");
    }

    @Test
    void events_are_put_with_the_cloud_event_as_detail_and_those_not_taken_are_told() {
        answer =
                "{\"FailedEntryCount\": 1, \"Entries\": [{\"EventId\": \"1\"}, {\"ErrorCode\": \"ThrottlingException\"}]}";
        assertThat(outgoing.publish("shop-bus", List.of(event("one"), event("two"))))
                .containsExactly(1);
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.headers().get("X-amz-target")).containsExactly("AWSEvents.PutEvents");
            assertThat(String.valueOf(request.headers().get("Authorization"))).contains("/events/aws4_request");
            JsonNode entry = request.body().path("Entries").path(1);
            assertThat(entry.path("EventBusName").asText()).isEqualTo("shop-bus");
            assertThat(entry.path("Source").asText()).isEqualTo("urn:storyline:shop");
            assertThat(entry.path("DetailType").asText()).isEqualTo("shop.Paid.v1");
            assertThat(Json.mapper()
                            .readTree(entry.path("Detail").asText())
                            .path("id")
                            .asText())
                    .isEqualTo("two");
        });
    }

    @Test
    void messages_are_announced_in_one_call_and_those_not_taken_are_told() {
        answer =
                "<PublishBatchResponse><PublishBatchResult><Failed><member><Id>1</Id><Code>InternalError</Code></member>"
                        + "</Failed><Successful><member><MessageId>a</MessageId><Id>0</Id></member>\n<member><Id>2</Id></member>"
                        + "</Successful></PublishBatchResult></PublishBatchResponse>";
        assertThat(outgoing.announce("arn:aws:sns:eu-north-1:1:commits", List.of("{\"a\": \"ä&b=c\"}", "two", "three")))
                .containsExactly(1);
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(String.valueOf(request.headers().get("Authorization"))).contains("/sns/aws4_request");
            assertThat(request.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
            assertThat(request.body().asText())
                    .startsWith(
                            "Action=PublishBatch&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-north-1%3A1%3Acommits")
                    .contains(
                            "&PublishBatchRequestEntries.member.1.Id=0"
                                    + "&PublishBatchRequestEntries.member.1.Message=%7B%22a%22%3A+%22%C3%A4%26b%3Dc%22%7D",
                            "&PublishBatchRequestEntries.member.3.Id=2&PublishBatchRequestEntries.member.3.Message=three");
        });
        answer = "<PublishBatchResponse/>";
        assertThat(outgoing.announce("arn", List.of("one"))).containsExactly(0);
        status = 503;
        assertThatThrownBy(() -> outgoing.announce("arn", List.of("one"))).isInstanceOf(TransientFailure.class);
    }

    private static OneTimeSchedule schedule() {
        return new OneTimeSchedule(
                "shop-deadlines",
                "a1b2",
                Instant.parse("2026-02-03T04:05:00Z"),
                "arn:cancel",
                "arn:role",
                "arn:missed",
                Json.mapper().createObjectNode().put("commandId", "key"));
    }

    @Test
    void a_one_time_schedule_is_created_in_its_group_and_deletes_itself() throws IOException {
        outgoing.schedule(schedule());
        assertThat(seen).hasSize(1);
        Seen request = seen.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/schedules/a1b2");
        assertThat(String.valueOf(request.headers().get("Authorization"))).contains("/scheduler/aws4_request");
        assertThat(request.body()).isEqualTo(Json.mapper().readTree("""
                                {"GroupName": "shop-deadlines", "ScheduleExpression": "at(2026-02-03T04:05:00)",
                                 "ScheduleExpressionTimezone": "UTC", "ActionAfterCompletion": "DELETE",
                                 "FlexibleTimeWindow": {"Mode": "OFF"},
                                 "Target": {"Arn": "arn:cancel", "RoleArn": "arn:role", "Input": "{\\"commandId\\":\\"key\\"}",
                                            "DeadLetterConfig": {"Arn": "arn:missed"}}}"""));
    }

    @Test
    void a_schedule_is_deleted_by_group_and_name() {
        outgoing.unschedule("shop-deadlines", "a1b2");
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("DELETE");
            assertThat(request.path()).isEqualTo("/schedules/a1b2?groupName=shop-deadlines");
            assertThat(String.valueOf(request.headers().get("Authorization"))).contains("/scheduler/aws4_request");
        });
    }

    @Test
    void a_schedule_that_is_there_already_and_one_that_is_gone_are_done() {
        status = 409;
        errorType = "ConflictException";
        outgoing.schedule(schedule());
        status = 404;
        errorType = "ResourceNotFoundException";
        outgoing.unschedule("shop-deadlines", "a1b2");
        assertThat(seen).hasSize(2);
        assertThatThrownBy(() -> outgoing.schedule(schedule()))
                .as("a group that does not exist")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_may_pass_is_told_from_what_never_will() {
        status = 503;
        assertThatThrownBy(() -> outgoing.publish("bus", List.of(event("one")))).isInstanceOf(TransientFailure.class);
        status = 429;
        assertThatThrownBy(() -> outgoing.invoke("arn", Json.mapper().createObjectNode()))
                .isInstanceOf(TransientFailure.class);
        status = 403;
        assertThatThrownBy(() -> outgoing.publish("bus", List.of(event("one"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("403");
        server.stop(0);
        assertThatThrownBy(() -> outgoing.publish("bus", List.of(event("one")))).isInstanceOf(TransientFailure.class);
    }

    @Test
    void a_port_gets_the_key_and_its_refusal_is_told_from_its_trouble() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/labels";
        answer = "";
        assertThat(outgoing.post(url, "key-1", Json.mapper().createObjectNode()).isNull())
                .isTrue();
        assertThat(seen.getFirst().headers().get("Idempotency-key")).containsExactly("key-1");
        status = 500;
        assertThatThrownBy(() -> outgoing.post(url, "key-1", Json.mapper().createObjectNode()))
                .isInstanceOf(TransientFailure.class);
        status = 400;
        assertThatThrownBy(() -> outgoing.post(url, "key-1", Json.mapper().createObjectNode()))
                .isInstanceOf(IllegalStateException.class);
    }

    record Revenue(BigDecimal amount, BigDecimal hours) {}

    @Test
    void numbers_leave_as_plain_decimals_whoever_is_called() {
        JsonNode revenue = Json.mapper().valueToTree(new Revenue(new BigDecimal("90.00"), new BigDecimal("1E+3")));
        outgoing.post("http://127.0.0.1:" + server.getAddress().getPort() + "/revenue", "key", revenue);
        outgoing.invoke("arn", revenue);
        outgoing.publish(
                "bus",
                List.of(new CloudEvent(
                        "1.0",
                        "one",
                        "urn:storyline:shop",
                        "shop.Paid.v1",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        revenue)));
        assertThat(seen)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.text())
                        .containsPattern("amount\\\\?\":90[,.}]")
                        .containsPattern("hours\\\\?\":1000}")
                        .doesNotContain("E+"));
    }

    @Test
    void an_object_is_put_and_got_signed_for_s3_and_a_missing_one_is_none() {
        outgoing.objects().put("bucket/ab/12.jsonl", "line".getBytes(StandardCharsets.UTF_8));
        answer = "line";
        assertThat(outgoing.objects().get("bucket/ab/12.jsonl")).isEqualTo("line".getBytes(StandardCharsets.UTF_8));
        assertThat(seen)
                .extracting(one -> one.method() + " " + one.path())
                .containsExactly("PUT /bucket/ab/12.jsonl", "GET /bucket/ab/12.jsonl");
        assertThat(seen.getFirst().text()).isEqualTo("line");
        assertThat(seen.getFirst().headers().get("Authorization"))
                .singleElement()
                .asString()
                .contains("/eu-north-1/s3/aws4_request");
        assertThat(seen.getFirst().headers().get("X-amz-checksum-sha256"))
                .containsExactly("OKnB5yFYTaKEuQzupO1+uNsVrE6obCx17JJdX4eZ/PA=");
        status = 404;
        answer = "<Error><Code>NoSuchKey</Code></Error>";
        assertThat(outgoing.objects().get("bucket/ab/13.jsonl")).isNull();
        status = 503;
        answer = "<Error><Code>SlowDown</Code></Error>";
        assertThatThrownBy(() -> outgoing.objects().get("bucket/ab/12.jsonl")).isInstanceOf(TransientFailure.class);
        status = 403;
        answer = "<Error><Code>AccessDenied</Code></Error>";
        assertThatThrownBy(() -> outgoing.objects().put("bucket/ab/12.jsonl", new byte[] {1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AccessDenied");
    }
}
