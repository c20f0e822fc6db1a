package dev.storyline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.Edge;
import io.quarkus.funqy.Funq;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The functions of {@link CornerShop}. */
public class CornerFunction {
    private final Edge edge;

    public CornerFunction(Edge edge) {
        this.edge = edge;
    }

    /** Records an order as an item of the event table. */
    @Funq("order")
    public JsonNode order(JsonNode event) {
        String id = event.at("/pathParameters/id").asText();
        edge.dynamo()
                .putItem(request -> request.tableName(edge.settings().require("EVENT_TABLE"))
                        .item(Map.of("stream", AttributeValue.fromS(id), "version", AttributeValue.fromN("1"))));
        return Json.mapper().createObjectNode().put("statusCode", 201).put("body", "");
    }

    /** Answers with the event that it got. */
    @Funq("echo")
    public JsonNode echo(JsonNode event) {
        return Json.mapper().createObjectNode().put("statusCode", 200).put("body", event.toString());
    }
}
