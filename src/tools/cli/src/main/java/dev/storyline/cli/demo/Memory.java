package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the steps of one chain have kept of their answers, for the steps that follow. */
final class Memory {
    private static final Pattern NAME = Pattern.compile("\\{([^{}\"]+)}");

    private final Map<String, JsonNode> own = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> shared;

    /** A memory of one chain, beside what all chains share. */
    Memory(Map<String, JsonNode> shared) {
        this.shared = shared;
    }

    void keep(String name, JsonNode value) {
        (name.startsWith(Step.SHARED) ? shared : own).put(name, value);
    }

    /**
     * What was kept under a name.
     *
     * @throws IllegalStateException if nothing was; then the plan is wrong
     */
    JsonNode value(String name) {
        JsonNode value = (name.startsWith(Step.SHARED) ? shared : own).get(name);
        if (value == null) {
            throw new IllegalStateException("No step has kept '" + name + "'");
        }
        return value;
    }

    /** A path with what was kept instead of the names in braces. */
    String fill(String path) {
        return NAME.matcher(path)
                .replaceAll(match -> Matcher.quoteReplacement(
                        URLEncoder.encode(value(match.group(1)).asText(), StandardCharsets.UTF_8)
                                .replace("+", "%20")));
    }

    /** A copy of a body with what was kept instead of each text that is one name in braces. */
    JsonNode fill(JsonNode body) {
        if (body.isTextual()) {
            Matcher name = NAME.matcher(body.asText());
            return name.matches() ? value(name.group(1)) : body;
        }
        if (body instanceof ObjectNode object) {
            ObjectNode filled = Json.mapper().createObjectNode();
            object.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        if (body instanceof ArrayNode array) {
            ArrayNode filled = Json.mapper().createArrayNode();
            array.forEach(one -> filled.add(fill(one)));
            return filled;
        }
        return body;
    }

    /** Collects the names in braces. */
    static void namesIn(String text, Set<String> names) {
        NAME.matcher(text).results().forEach(match -> names.add(match.group(1)));
    }

    /** Collects the names in braces. */
    static void namesIn(JsonNode body, Set<String> names) {
        if (body.isTextual()) {
            namesIn(body.asText(), names);
        }
        body.forEach(child -> namesIn(child, names));
    }
}
