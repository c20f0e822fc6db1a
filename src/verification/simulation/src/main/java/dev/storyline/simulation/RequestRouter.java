package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.testkit.LambdaEvents;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings a request to the function that serves it. */
final class RequestRouter {
    private final World world;

    RequestRouter(World world) {
        this.world = world;
    }

    /** Returns the answer of the function. */
    World.FunctionResponse answer(SimulatedStory.Request request, String key) throws World.Failed, IOException {
        if (request.isPublic()) {
            return translated(request, key);
        }
        return request.isInternal() ? internal(request, key) : routed(request, key);
    }

    private World.FunctionResponse routed(SimulatedStory.Request request, String key) throws World.Failed, IOException {
        for (Deployment.Route route : world.deployment().routes()) {
            Map<String, String> values = match(route, request.method(), path(request));
            if (values != null) {
                JsonNode reply = world.invoke(route.function(), event(request, values, key));
                return new World.FunctionResponse(
                        reply.path("statusCode").asInt(),
                        Json.mapper().readTree(reply.path("body").asText()));
            }
        }
        throw new IllegalArgumentException("No slice serves " + request.method() + " " + request.path());
    }

    /** Sends a complete command, as an event handler would: a refusal is recorded, so that a retry finds it. */
    private World.FunctionResponse internal(SimulatedStory.Request request, String key)
            throws World.Failed, IOException {
        Deployment.FunctionSpec function = world.deployment().functions().stream()
                .filter(one ->
                        one.slice().equals(request.path()) && one.export().endsWith("-inner"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No internal endpoint of " + request.path()));
        ObjectNode command = Json.mapper()
                .createObjectNode()
                .put("commandId", key)
                .put("actor", "client")
                .put("correlation", key)
                .put("followedUp", true);
        command.set("command", Json.mapper().readTree(request.body()));
        JsonNode reply = world.invoke(function.arn(), command);
        String outcome = reply.path("outcome").asText();
        return new World.FunctionResponse(
                outcome.equals("accepted") || outcome.equals("already-so") ? 200 : 422, reply);
    }

    /** Delivers a public event. What is given back is delivered again, under the same id. */
    private World.FunctionResponse translated(SimulatedStory.Request request, String key)
            throws World.Failed, IOException {
        int end = request.path().lastIndexOf('/');
        String slice = request.path().substring(0, end);
        Deployment.FunctionSpec function = world.deployment().functions().stream()
                .filter(one -> one.slice().equals(slice) && one.export().endsWith("-translation"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No translation of " + slice));
        Map<String, JsonNode> data = new TreeMap<>();
        Json.mapper()
                .readTree(request.body())
                .properties()
                .forEach(field -> data.put(field.getKey(), field.getValue()));
        CloudEvent event = LambdaEvents.cloudEvent(request.path().substring(end + 1), key, data);
        JsonNode reply = world.invoke(function.arn(), Json.mapper().readTree(LambdaEvents.messages(event)));
        return new World.FunctionResponse(reply.path("batchItemFailures").isEmpty() ? 200 : 503, reply);
    }

    private static @Nullable Map<String, String> match(Deployment.Route route, String method, String path) {
        String[] wanted = route.path().split("/", -1);
        String[] given = path.split("/", -1);
        if (!route.method().equals(method) || wanted.length != given.length) {
            return null;
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return values;
    }

    private static String path(SimulatedStory.Request request) {
        int query = request.path().indexOf('?');
        return query < 0 ? request.path() : request.path().substring(0, query);
    }

    private static Map<String, String> parameters(SimulatedStory.Request request) {
        Map<String, String> parameters = new TreeMap<>();
        int query = request.path().indexOf('?');
        if (query >= 0) {
            for (String parameter : request.path().substring(query + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static JsonNode event(SimulatedStory.Request request, Map<String, String> values, String key) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("version", "2.0").put("rawPath", path(request)).put("isBase64Encoded", false);
        event.set("pathParameters", Json.mapper().valueToTree(values));
        ObjectNode query = event.putObject("queryStringParameters");
        parameters(request).forEach(query::put);
        event.putObject("headers").put("idempotency-key", key).put("content-type", "application/json");
        event.putObject("requestContext").put("requestId", key);
        if (!request.body().isEmpty()) {
            event.put("body", request.body());
        }
        return event;
    }
}
