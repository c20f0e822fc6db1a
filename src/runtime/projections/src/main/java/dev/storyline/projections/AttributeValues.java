package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts rows between JSON and DynamoDB's attribute values. */
final class AttributeValues {
    private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

    private AttributeValues() {}

    /** The fields of a record, without nulls. */
    static ObjectNode fields(Record row) {
        return Json.mapper().valueToTree(row);
    }

    static Map<String, AttributeValue> item(ObjectNode fields) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        fields.properties().forEach(field -> item.put(field.getKey(), value(field.getValue())));
        return item;
    }

    static AttributeValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> AttributeValue.fromS(node.textValue());
            case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
            case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
            case NULL -> AttributeValue.fromNul(true);
            case OBJECT -> AttributeValue.fromM(item((ObjectNode) node));
            case ARRAY -> {
                List<AttributeValue> values = new ArrayList<>();
                node.forEach(element -> values.add(value(element)));
                yield AttributeValue.fromL(values);
            }
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("A row cannot hold a value of type " + node.getNodeType());
        };
    }

    static ObjectNode fields(Map<String, AttributeValue> item) {
        ObjectNode fields = NODES.objectNode();
        item.forEach((name, value) -> fields.set(name, node(value)));
        return fields;
    }

    private static JsonNode node(AttributeValue value) {
        return switch (value.type()) {
            case S -> NODES.textNode(value.s());
            case N -> number(value.n());
            case BOOL -> NODES.booleanNode(value.bool());
            case NUL -> NODES.nullNode();
            case M -> fields(value.m());
            case L -> {
                ArrayNode array = NODES.arrayNode();
                value.l().forEach(element -> array.add(node(element)));
                yield array;
            }
            case B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("A row holds a value of type " + value.type());
        };
    }

    /** Whole numbers stay whole, so that a count is read as a long. */
    private static JsonNode number(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.scale() <= 0 && number.precision() - number.scale() <= 18
                ? NODES.numberNode(number.longValueExact())
                : NODES.numberNode(number);
    }
}
