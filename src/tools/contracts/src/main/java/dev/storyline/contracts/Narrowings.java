package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.contracts.Breach.BreachKind;
import dev.storyline.model.Element.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of the fields of commands, queries and public events that take fewer values than when they were released,
 * within one version, each with a reason. It only grows. The events that are stored are never narrowed.
 */
final class Narrowings {
    static final String FILE = "narrowings.yaml";

    private final ArrayNode record;
    private final LocalDate today;
    private final String reason;
    private final List<String> fields = new ArrayList<>();

    /**
     * @param record what the file has; missing if there is none
     * @param reason why fields are narrowed now; empty if none must be
     */
    Narrowings(JsonNode record, LocalDate today, String reason) {
        this.record =
                record instanceof ArrayNode released ? released : Json.mapper().createArrayNode();
        this.today = today;
        this.reason = reason.strip();
    }

    /** Records the breach and returns true, if it is a narrowing that is meant. */
    boolean records(Kind kind, String place, Breach breach) {
        boolean meant = !reason.isEmpty()
                && breach.rule() == BreachKind.NARROWED
                && (kind == Kind.COMMAND || kind == Kind.PUBLIC_EVENT);
        if (meant) {
            fields.add(place + ", " + breach.field() + ": was " + breach.was() + ", is " + breach.is());
        }
        return meant;
    }

    /** Whether anything was ever narrowed. */
    boolean isEmpty() {
        return record.isEmpty() && fields.isEmpty();
    }

    /** Returns the content of the file. */
    ArrayNode document() {
        ArrayNode document = record.deepCopy();
        if (!fields.isEmpty()) {
            ObjectNode entry = document.addObject().put("on", today.toString()).put("reason", reason);
            fields.forEach(entry.putArray("fields")::add);
        }
        return document;
    }

    /** Returns the reasons that a changelog does not tell. Line ends and indentation do not matter. */
    List<String> untold(String changelog) {
        String told = words(changelog);
        return document()
                .valueStream()
                .map(entry -> entry.path("reason").asText())
                .filter(one -> !told.contains(words(one)))
                .distinct()
                .toList();
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
