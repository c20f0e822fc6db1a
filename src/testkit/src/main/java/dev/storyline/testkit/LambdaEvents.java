package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.Meta;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.DynamoJson;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that Lambda hands to functions, as JSON. */
public final class LambdaEvents {
    private LambdaEvents() {}

    /** An HTTP request as API Gateway passes it on, payload format 2.0. */
    public static String http(
            Map<String, String> pathParameters,
            Map<String, String> query,
            Map<String, String> headers,
            @Nullable String body) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("version", "2.0").put("rawPath", "/test").put("isBase64Encoded", false);
        event.set("pathParameters", Json.mapper().valueToTree(pathParameters));
        event.set("queryStringParameters", Json.mapper().valueToTree(query));
        event.set("headers", Json.mapper().valueToTree(headers));
        event.putObject("requestContext")
                .put("requestId", "test")
                .putObject("http")
                .put("method", "ANY");
        if (body != null) {
            event.put("body", body);
        }
        return event.toString();
    }

    /** A POST with path parameters and a body. */
    public static String post(Map<String, String> pathParameters, String body) {
        return http(pathParameters, Map.of(), Map.of(), body);
    }

    /** A GET with path parameters. */
    public static String get(Map<String, String> pathParameters) {
        return http(pathParameters, Map.of(), Map.of(), null);
    }

    /** A commit of these events, as a command of a tester would have made it. */
    public static Commit commit(Language language, StreamId stream, long version, Record... events) {
        EventCodec codec = new EventCodec(language);
        return new Commit(
                stream,
                version,
                "command-" + version,
                Instant.parse("2026-01-01T00:00:00Z"),
                Stream.of(events).map(codec::encode).toList(),
                new Meta("tester", "conversation", null, null, null));
    }

    /** A batch of DynamoDB Streams with these commits. */
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
}
