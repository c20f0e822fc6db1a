package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the routes of requests, and turns requests into events of functions. */
final class Requests {
    private Requests() {}

    /** Returns the values of the parameters of a route that a request takes; null if it takes another one. */
    static @Nullable Map<String, String> match(Deployment.Route route, SimulatedStory.Request request) {
        String[] wanted = route.path().split("/", -1);
        String[] given = request.path().split("/", -1);
        if (!route.method().equals(request.method()) || wanted.length != given.length) {
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

    /** Returns a request in the form in which a function receives it. */
    static JsonNode event(SimulatedStory.Request request, Map<String, String> values, String key) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("version", "2.0").put("rawPath", request.path()).put("isBase64Encoded", false);
        event.set("pathParameters", Json.mapper().valueToTree(values));
        event.putObject("queryStringParameters");
        event.putObject("headers").put("idempotency-key", key).put("content-type", "application/json");
        event.putObject("requestContext").put("requestId", key);
        if (!request.body().isEmpty()) {
            event.put("body", request.body());
        }
        return event;
    }
}
