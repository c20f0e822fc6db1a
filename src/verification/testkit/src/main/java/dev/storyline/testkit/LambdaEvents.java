package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.CloudEvent;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.DynamoJson;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that Lambda passes to functions, as JSON. */
public final class LambdaEvents {
    /** A time after the activation of every event handler under test. */
    public static final Instant AFTER_ANY_BIRTH = Instant.parse("2999-01-01T00:00:00Z");

    private static final Instant BEFORE_ANY_BIRTH = Instant.parse("2026-01-01T00:00:00Z");

    private LambdaEvents() {}

    /** Returns an HTTP request as API Gateway passes it on, payload format 2.0. A body is JSON unless the headers say else. */
    public static String http(
            Map<String, String> pathParameters,
            Map<String, String> query,
            Map<String, String> headers,
            @Nullable String body) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("version", "2.0").put("rawPath", "/test").put("isBase64Encoded", false);
        event.set("pathParameters", Json.mapper().valueToTree(pathParameters));
        event.set("queryStringParameters", Json.mapper().valueToTree(query));
        ObjectNode sent = event.putObject("headers");
        headers.forEach(sent::put);
        event.putObject("requestContext")
                .put("requestId", "test")
                .putObject("http")
                .put("method", "ANY");
        if (body != null) {
            event.put("body", body);
            if (!sent.has("content-type")) {
                sent.put("content-type", "application/json");
            }
        }
        return event.toString();
    }

    /** Returns a POST request with path parameters and a body. */
    public static String post(Map<String, String> pathParameters, String body) {
        return http(pathParameters, Map.of(), Map.of(), body);
    }

    /** Returns a GET request with path parameters. */
    public static String get(Map<String, String> pathParameters) {
        return http(pathParameters, Map.of(), Map.of(), null);
    }

    /** Returns a commit of these events, made before the activation of every event handler under test. */
    public static Commit commit(Language language, StreamId stream, long version, Record... events) {
        return commit(language, BEFORE_ANY_BIRTH, stream, version, events);
    }

    /** Returns a commit of these events at this time. */
    public static Commit commit(Language language, Instant at, StreamId stream, long version, Record... events) {
        EventCodec codec = new EventCodec(language);
        return new Commit(
                stream,
                version,
                "command-" + version,
                at,
                Stream.of(events).map(codec::encode).toList(),
                new CommitMetadata("tester", "conversation", null, null, null));
    }

    /** Returns a DynamoDB Streams batch with these commits. */
    public static JsonNode feed(Commit... commits) {
        ObjectNode batch = Json.mapper().createObjectNode();
        ArrayNode records = batch.putArray("Records");
        for (Commit commit : commits) {
            ObjectNode record = records.addObject();
            record.put("eventName", "INSERT").put("eventSource", "aws:dynamodb");
            record.putObject("dynamodb")
                    .put("SequenceNumber", commit.stream() + "-" + commit.version())
                    .set("NewImage", DynamoJson.item(CommitItem.of(commit)));
        }
        return batch;
    }

    /**
     * Returns a public event as its context publishes it.
     *
     * @param type {@code <context>.<Event>.v<n>}
     * @param id the same on every repetition
     * @param data the event's own fields
     */
    public static CloudEvent cloudEvent(String type, String id, Map<String, ?> data) {
        return new CloudEvent(
                "1.0",
                id,
                "urn:storyline:" + type.substring(0, type.indexOf('.')),
                type,
                null,
                null,
                "application/json",
                null,
                "conversation",
                null,
                Json.mapper().valueToTree(data));
    }

    /**
     * Returns a batch of the queue behind an event bus, with messages {@code m1}, {@code m2} and so on. Each message is
     * an event as EventBridge passes it on.
     */
    public static String messages(CloudEvent... events) {
        ObjectNode batch = Json.mapper().createObjectNode();
        ArrayNode records = batch.putArray("Records");
        for (CloudEvent event : events) {
            ObjectNode passedOn = Json.mapper().createObjectNode();
            passedOn.put("source", event.source()).put("detail-type", event.type());
            passedOn.set("detail", Json.mapper().valueToTree(event));
            records.addObject()
                    .put("messageId", "m" + records.size())
                    .put("eventSource", "aws:sqs")
                    .put("body", passedOn.toString());
        }
        return batch.toString();
    }
}
