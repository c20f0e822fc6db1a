package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.deployment.Deployment.Route;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.DynamoJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The first event that a function receives. */
@FunctionalInterface
interface FirstEvent {
    Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** The bodies of commands. A slice without an entry receives an empty body and may answer with an error. */
    Map<String, String> BODIES = Map.of("wishes/make-wish", "{\"wish\": \"a red bicycle\"}");

    /**
     * Returns the event as JSON.
     *
     * @param n the same number for all functions in one round, so that a query sees the result of the projection
     */
    String json(int n);

    /**
     * Returns the event for a function that serves a route or reads a feed. For other functions, no caller waits for a
     * start, so they have no event.
     */
    static Optional<FirstEvent> of(Deployment deployment, FunctionSpec function) {
        if (deployment.readers().stream().anyMatch(reader -> reader.function().equals(function.arn()))) {
            return Optional.of(FirstEvent::batch);
        }
        return deployment.routes().stream()
                .filter(route -> route.function().equals(function.arn()))
                .findFirst()
                .map(route -> n -> request(function, route, n));
    }

    private static String request(FunctionSpec function, Route route, int n) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("version", "2.0").put("rawPath", route.path()).put("isBase64Encoded", false);
        // A command uses a new stream each time. A query uses a stream that has been projected.
        String id = route.method().equals("GET") ? child(n) : UUID.randomUUID().toString();
        ObjectNode parameters = event.putObject("pathParameters");
        PARAMETER
                .matcher(route.path())
                .results()
                .map(MatchResult::group)
                .forEach(name -> parameters.put(name.substring(1, name.length() - 1), id));
        event.putObject("headers").put("content-type", "application/json");
        event.putObject("requestContext").put("requestId", "cold-" + n);
        if (!route.method().equals("GET")) {
            event.put("body", BODIES.getOrDefault(function.slice(), "{}"));
        }
        return event.toString();
    }

    /**
     * Returns a batch with one commit, which contains the event of a new wish. Other contexts skip this event because
     * they do not know it.
     */
    private static String batch(int n) {
        String data = "{\"wishId\": \"w1\", \"childId\": \"" + child(n) + "\", \"wish\": \"a red bicycle\"}";
        Commit commit = new Commit(
                StreamId.parse("child#" + child(n)),
                1,
                "command-" + n,
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of(new StoredEvent("WishApproved", 1, false, data)),
                new CommitMetadata("tester", "conversation", null, null, null));
        ObjectNode batch = Json.mapper().createObjectNode();
        ObjectNode record = batch.putArray("Records").addObject();
        record.put("eventName", "INSERT").put("eventSource", "aws:dynamodb");
        record.putObject("dynamodb").put("SequenceNumber", "1").set("NewImage", DynamoJson.item(CommitItem.of(commit)));
        return batch.toString();
    }

    private static String child(int n) {
        return "cold-" + n;
    }
}
