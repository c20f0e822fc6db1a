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

/** Functions that publish, listen, and are invoked at their deployment and by a schedule. Their input is in static fields. */
public class BusFunction {
    /** The ids of the public events that were delivered, in order, with repetitions. */
    public static final List<String> HEARD = new CopyOnWriteArrayList<>();

    /** How many of the next deliveries will fail. */
    public static final AtomicInteger FAILING = new AtomicInteger();

    /** The input of the function for deployment and schedule. */
    public static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private final Edge edge;

    public BusFunction(Edge edge) {
        this.edge = edge;
    }

    /** Publishes one event of the given type and id. */
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

    /** Takes a batch of messages. */
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

    /** Takes the request at the deployment and the input of the schedule. */
    @Funq("tell")
    public JsonNode tell(JsonNode event) {
        TOLD.add(event.toString());
        return event;
    }
}
