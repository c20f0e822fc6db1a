package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OneTimeSchedule;
import io.quarkus.funqy.Funq;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that create and remove one-time schedules, and the function that these invoke. */
public class TimerFunction {
    /** The names of the schedules that have fired, in order, with repetitions. */
    public static final List<String> RUNG = new CopyOnWriteArrayList<>();

    /** How many of the next invocations will fail. */
    public static final AtomicInteger FAILING = new AtomicInteger();

    private final Edge edge;

    public TimerFunction(Edge edge) {
        this.edge = edge;
    }

    /** Creates the schedule of this name, or removes it where no time is told. Answers with the function's own time. */
    @Funq("ask")
    public String ask(JsonNode event) {
        String group = edge.settings().require("DEADLINES");
        String name = event.path("name").asText();
        if (event.has("at")) {
            edge.outgoing()
                    .schedule(new OneTimeSchedule(
                            group,
                            name,
                            Instant.parse(event.path("at").asText()),
                            edge.settings().require("RING"),
                            edge.settings().require("DEADLINE_ROLE"),
                            edge.settings().require("MISSED"),
                            event));
        } else if (!name.isEmpty()) {
            edge.outgoing().unschedule(group, name);
        }
        return edge.clock().instant().toString();
    }

    /** Fires. */
    @Funq("ring")
    public JsonNode ring(JsonNode event) {
        if (FAILING.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("It will not ring.");
        }
        RUNG.add(event.path("name").asText());
        return event;
    }
}
