package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outbound calls of a function under test. It accepts and keeps everything that the function sends. */
public final class Sent implements OutboundCalls {
    private final List<CloudEvent> events = new ArrayList<>();
    private final List<JsonNode> commands = new ArrayList<>();
    private final Map<String, OneTimeSchedule> schedules = new LinkedHashMap<>();

    /** Returns the public events so far. */
    public synchronized List<CloudEvent> events() {
        return List.copyOf(events);
    }

    /** Returns the messages to internal endpoints so far. */
    public synchronized List<JsonNode> commands() {
        return List.copyOf(commands);
    }

    /** Returns the schedules that were asked for and not taken back. */
    public synchronized List<OneTimeSchedule> schedules() {
        return List.copyOf(schedules.values());
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
    public synchronized void schedule(OneTimeSchedule schedule) {
        schedules.putIfAbsent(schedule.name(), schedule);
    }

    @Override
    public synchronized void unschedule(String group, String name) {
        schedules.remove(name);
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        throw new IllegalStateException("No port is listening at " + url);
    }
}
