package dev.storyline.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;

/** Recorded events and their causes, for people. */
final class StoryText {
    private StoryText() {}

    /** One event of a story. */
    static String event(JsonNode event) {
        return event.path("version").asText() + "  " + line(event) + "\n    command "
                + event.path("command").asText() + ", correlation "
                + event.path("correlation").asText() + why(event) + "\n    " + Json.text(event.path("data"));
    }

    /** One event of a search. */
    static String found(JsonNode event) {
        return event.path("context").asText() + "/" + event.path("stream").asText() + "@"
                + event.path("version").asText() + "  " + line(event) + "\n    " + Json.text(event.path("data"));
    }

    private static String line(JsonNode event) {
        return event.path("type").asText() + "  " + event.path("at").asText() + "  by "
                + event.path("actor").asText();
    }

    private static String why(JsonNode event) {
        return (event.has("causation")
                        ? "\n    because of " + event.path("causation").asText()
                        : "")
                + (event.has("rule")
                        ? "\n    rejected by " + event.path("rule").asText() + ": "
                                + event.path("sentence").asText()
                        : "");
    }

    /** The state of a slice. */
    static String state(JsonNode state) {
        StringBuilder text =
                new StringBuilder("The state of " + state.path("fold").asText() + " at version "
                        + state.path("version").asText() + ":\n" + pretty(state.path("state")));
        state.path("rows")
                .forEach(row -> text.append("\nrow ")
                        .append(row.path("partition").asText())
                        .append(
                                row.path("sort").asText().isEmpty()
                                        ? ""
                                        : " " + row.path("sort").asText())
                        .append("\n    ")
                        .append(Json.text(row.path("fields"))));
        if (state.path("moreRows").asInt() > 0) {
            text.append("\nand ").append(state.path("moreRows").asInt()).append(" more rows");
        }
        return text.toString();
    }

    private static String pretty(JsonNode node) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tree of causes, one line for each command and each event. */
    static String causes(JsonNode tree) {
        StringBuilder text = new StringBuilder("Causes, from the first one on:");
        if (tree.has("beyond")) {
            text.append("\n").append(tree.path("beyond").asText()).append(", which is not recorded here, led to");
        }
        command(tree.path("first"), "", text);
        if (!tree.path("complete").asBoolean()) {
            text.append("\nThe conversation has more commits than are shown.");
        }
        String archived = notSearched(tree.path("archived").asLong());
        return archived.isEmpty() ? text.toString() : text + "\n" + archived.strip();
    }

    /** A sentence about streams whose events a scan passed over, after a space; empty where there are none. */
    static String notSearched(long archived) {
        return archived == 0
                ? ""
                : archived == 1
                        ? " One archived stream was not searched: './storyline story STREAM' tells it."
                        : " " + archived + " archived streams were not searched: './storyline story STREAM' tells one.";
    }

    private static void command(JsonNode command, String indent, StringBuilder text) {
        text.append("\n").append(indent);
        if (command.has("public")) {
            text.append(command.path("public").asBoolean() ? "public event " : "effect ")
                    .append(command.path("effect").asText("unnamed"))
                    .append(" -> ");
        }
        text.append(command.path("context").asText())
                .append("  ")
                .append(command.path("at").asText())
                .append("  by ")
                .append(command.path("actor").asText())
                .append(
                        command.has("public")
                                ? ""
                                : ", command " + command.path("command").asText())
                .append(
                        command.has("rule")
                                ? ", rejected by " + command.path("rule").asText()
                                : "");
        for (JsonNode event : command.path("events")) {
            text.append("\n")
                    .append(indent)
                    .append("  ")
                    .append(event.path("stream").asText())
                    .append("@")
                    .append(event.path("version").asText())
                    .append("  ")
                    .append(event.path("type").asText())
                    .append(event.has("asked") ? "  <- asked" : "");
            event.path("caused").forEach(next -> command(next, indent + "    ", text));
        }
    }
}
