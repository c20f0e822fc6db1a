package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.model.Element.Kind;
import java.util.List;

/**
 * One promise of a context: the schema of one version of a command, event, public event or view.
 *
 * @param kind what it is a schema of
 * @param context whose promise it is
 * @param name {@code WishApproved}
 * @param version its schema version; commands and views have 1 for ever
 * @param about what it means
 * @param owner who answers for it
 * @param producers the slices that record, publish, send or keep it, {@code wishes/make-wish}
 * @param consumers the slices of any context that fold, translate, handle or ask it
 * @param schema what its fields are
 */
record Contract(
        Kind kind,
        String context,
        String name,
        int version,
        String about,
        String owner,
        List<String> producers,
        List<String> consumers,
        ObjectNode schema) {
    /** The key under which a contract file says whose it is and how long it holds. */
    static final String STORYLINE = "x-storyline";

    static final String RELEASED = "released";
    static final String READABLE_UNTIL = "readableUntil";

    Contract {
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    /** Its name and version, {@code WishApproved.v1}. */
    String versioned() {
        return name + ".v" + version;
    }

    /** Where it is in the folder of its context's contracts: {@code public-events/WishApproved.v1.json}. */
    String file() {
        return file(kind, name, version);
    }

    static String file(Kind kind, String name, int version) {
        return kind.section() + "/" + name + ".v" + version + ".json";
    }

    static String id(String context, String file) {
        return "urn:storyline:contract:" + context + "/" + file;
    }

    /**
     * The file's content.
     *
     * @param window since when and until when it holds, as the released file says
     */
    ObjectNode document(Window window) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("$id", id(context, file()));
        document.put("title", name);
        if (!about.isEmpty()) {
            document.put("description", about);
        }
        ObjectNode storyline = document.putObject(STORYLINE);
        edges(storyline);
        storyline.put(RELEASED, window.released());
        if (!window.readableUntil().isEmpty()) {
            storyline.put(READABLE_UNTIL, window.readableUntil());
        }
        return document.setAll(schema);
    }

    /** Writes down who answers for it, who produces and who consumes it. */
    ObjectNode edges(ObjectNode storyline) {
        storyline.put("owner", owner);
        producers.forEach(storyline.putArray("producers")::add);
        consumers.forEach(storyline.putArray("consumers")::add);
        return storyline;
    }

    /**
     * Since when and until when a version holds.
     *
     * @param released an ISO date
     * @param readableUntil the last day, an ISO date; empty for as long as the store lives
     */
    record Window(String released, String readableUntil) {
        static Window of(JsonNode document) {
            JsonNode storyline = document.path(STORYLINE);
            return new Window(
                    storyline.path(RELEASED).asText(),
                    storyline.path(READABLE_UNTIL).asText());
        }
    }
}
