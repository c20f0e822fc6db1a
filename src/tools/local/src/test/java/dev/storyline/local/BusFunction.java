package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.Edge;
import io.quarkus.funqy.Funq;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that publish, listen, and are told of their birth and of the time; what they saw is static. */
public class BusFunction {
    /** The ids of the public events that were heard, again where they were delivered again. */
    public static final List<String> HEARD = new CopyOnWriteArrayList<>();

    /** How many of the next deliveries fail. */
    public static final AtomicInteger FAILING = new AtomicInteger();

    /** What the function of birth and schedule was told. */
    public static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private final Edge edge;

    public BusFunction(Edge edge) {
        this.edge = edge;
    }

    /** Publishes one event of the type and id that it is given. */
    @Funq("publish")
    public List<Integer> publish(JsonNode event) {
        return edge.outgoing()
                .publish(
                        edge.settings().require("BUS"),
                        List.of(new CloudEvent(
                                "1.0",
                                event.path("id").asText(),
                                "urn:storyline:shop",
                                event.path("type").asText(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Json.mapper().createObjectNode())));
    }

    /** Hears a batch of messages. */
    @Funq("listen")
    public DeliveryFunction.Reply listen(JsonNode batch) throws IOException {
        List<DeliveryFunction.Reply.Failure> failures = new CopyOnWriteArrayList<>();
        for (JsonNode message : batch.path("Records")) {
            HEARD.add(Json.mapper()
                    .readTree(message.path("body").asText())
                    .path("detail")
                    .path("id")
                    .asText());
            if (FAILING.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                failures.add(new DeliveryFunction.Reply.Failure(
                        message.path("messageId").asText()));
            }
        }
        return new DeliveryFunction.Reply(failures);
    }

    /** Hears of birth and time. */
    @Funq("tell")
    public JsonNode tell(JsonNode event) {
        TOLD.add(event.toString());
        return event;
    }
}
