package dev.storyline.eventstore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items from DynamoDB's own JSON, in which each value stands under its type: {@code {"S": "text"}}. */
public final class ItemJson {
    private ItemJson() {}

    /**
     * An item.
     *
     * @throws IllegalArgumentException if a value has no type, or one that no commit has
     */
    public static Map<String, AttributeValue> item(JsonNode image) {
        Map<String, AttributeValue> item = new HashMap<>();
        image.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode typed) {
        Map.Entry<String, JsonNode> value = typed.properties().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("An attribute value has no type"));
        return switch (value.getKey()) {
            case "S" -> AttributeValue.fromS(value.getValue().asText());
            case "N" -> AttributeValue.fromN(value.getValue().asText());
            case "BOOL" -> AttributeValue.fromBool(value.getValue().asBoolean());
            case "NULL" -> AttributeValue.fromNul(true);
            case "M" -> AttributeValue.fromM(item(value.getValue()));
            case "L" -> {
                List<AttributeValue> elements = new ArrayList<>();
                value.getValue().forEach(element -> elements.add(value(element)));
                yield AttributeValue.fromL(elements);
            }
            default ->
                throw new IllegalArgumentException(
                        "An attribute value has the type " + value.getKey() + ", which no commit has");
        };
    }
}
