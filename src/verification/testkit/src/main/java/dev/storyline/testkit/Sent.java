package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OutboundCalls;
import java.util.ArrayList;
import java.util.List;

/** The outbound calls of a function under test. It accepts and keeps everything that the function sends. */
public final class Sent implements OutboundCalls {
    private final List<CloudEvent> events = new ArrayList<>();
    private final List<JsonNode> commands = new ArrayList<>();

    /** Returns the public events so far. */
    public synchronized List<CloudEvent> events() {
        return List.copyOf(events);
    }

    /** Returns the messages to internal endpoints so far. */
    public synchronized List<JsonNode> commands() {
        return List.copyOf(commands);
    }

    @Override
    public synchronized JsonNode invoke(String function, JsonNode event) {
        commands.add(event);
        return Json.mapper()
                .createObjectNode()
                .put("outcome", "accepted")
                .put("stream", "")
                .put("version", 1);
    }

    @Override
    public synchronized List<Integer> publish(String bus, List<CloudEvent> published) {
        events.addAll(published);
        return List.of();
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        throw new IllegalStateException("No port is listening at " + url);
    }
}
