package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes JSON of other tools, with bounded size. */
final class ForeignJson {
    private static final int DEEPEST = 64;
    static final ObjectMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(1_000_000)
                            .maxNameLength(10_000)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private ForeignJson() {}

    /**
     * Reads a text that must be one JSON object.
     *
     * @throws ModelException with the line, if it is not
     */
    static JsonNode read(String text, String called) {
        JsonNode root = tree(text, called);
        if (!root.isObject()) {
            throw new ModelException(new SourceLocation(called, 1, 1), "The file must be one JSON object, '{ ... }'.");
        }
        return root;
    }

    /**
     * Reads a text that must be JSON.
     *
     * @throws ModelException with the line, if it is not
     */
    static JsonNode tree(String text, String called) {
        try {
            return MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ModelException(
                    at == null
                            ? new SourceLocation(called, 0, 0)
                            : new SourceLocation(called, at.getLineNr(), at.getColumnNr()),
                    "This is not readable JSON: " + what + (what.endsWith(".") ? "" : "."));
        }
    }

    /** Returns the JSON indented by two blanks, with a final line end. */
    static String write(Object tree) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No tree of maps, lists and texts", e);
        }
    }

    /** Returns the JSON in one line. */
    static String line(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No tree of maps, lists and texts", e);
        }
    }

    /** Returns the value of a key as text; empty if there is none. */
    static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }

    /** Returns the values of a key: the items of a list, a single value, or nothing. */
    static List<JsonNode> items(JsonNode node, String key) {
        JsonNode value = node.path(key);
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else if (value.isObject() || value.isTextual()) {
            items.add(value);
        }
        items.removeIf(JsonNode::isNull);
        return items;
    }
}
