package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import io.quarkus.funqy.Funq;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The HTTP functions of the slices in tests. */
public class ShopFunction {
    private static final int LARGE = 1_000_000;

    private final Edge edge;

    public ShopFunction(Edge edge) {
        this.edge = edge;
    }

    /** Answers with its name and the event; of a large body with its length, because an answer has a limit too. */
    @Funq("echo")
    public JsonNode echo(JsonNode event) {
        ObjectNode seen = Json.mapper().createObjectNode();
        seen.put("name", edge.settings().values().getOrDefault("NAME", ""));
        ObjectNode told = event.deepCopy();
        String body = event.path("body").asText();
        if (body.length() > LARGE) {
            told.put("body", body.length() + " characters");
        }
        seen.set("event", told);
        return Json.mapper()
                .createObjectNode()
                .put("statusCode", 200)
                .put("body", seen.toString())
                .set("headers", Json.mapper().createObjectNode().put("content-type", "application/json"));
    }

    @Funq("broken")
    public JsonNode broken(JsonNode event) {
        throw new IllegalStateException("the secret of the shop");
    }

    @Funq("odd")
    public JsonNode odd(JsonNode event) {
        return event.path("queryStringParameters");
    }

    @Funq("bare")
    public JsonNode bare(JsonNode event) {
        return Json.mapper().createObjectNode().put("statusCode", 200).put("body", "bare");
    }

    /** Records one order, as an item of the event table. */
    @Funq("order")
    public HttpReply order(HttpEvent event) {
        String id = Objects.requireNonNull(
                Objects.requireNonNull(event.pathParameters()).get("id"));
        edge.dynamo()
                .putItem(request -> request.tableName(edge.settings().require("EVENT_TABLE"))
                        .item(Map.of("stream", AttributeValue.fromS(id), "version", AttributeValue.fromN("1"))));
        return new HttpReply(201, Map.of(), "", false);
    }
}
