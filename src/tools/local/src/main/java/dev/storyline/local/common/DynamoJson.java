package dev.storyline.local.common;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in the JSON of DynamoDB, {@code {"S": "text"}}, as change streams contain them. */
public final class DynamoJson {
    private DynamoJson() {}

    /** An item, from its attributes by name. */
    public static ObjectNode item(Map<String, AttributeValue> attributes) {
        ObjectNode item = Json.mapper().createObjectNode();
        attributes.forEach((name, value) -> item.set(name, typed(value)));
        return item;
    }

    private static ObjectNode typed(AttributeValue value) {
        ObjectNode typed = Json.mapper().createObjectNode();
        switch (value.type()) {
            case S -> typed.put("S", value.s());
            case N -> typed.put("N", value.n());
            case BOOL -> typed.put("BOOL", value.bool());
            case NUL -> typed.put("NULL", true);
            case B -> typed.put("B", value.b().asByteArray());
            case M -> typed.set("M", item(value.m()));
            case L -> {
                ArrayNode elements = typed.putArray("L");
                value.l().forEach(element -> elements.add(typed(element)));
            }
            case SS -> value.ss().forEach(typed.putArray("SS")::add);
            case NS -> value.ns().forEach(typed.putArray("NS")::add);
            case BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("An attribute of type " + value.type());
        }
        return typed;
    }
}
