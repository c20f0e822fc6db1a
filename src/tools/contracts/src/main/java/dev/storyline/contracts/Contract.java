package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.model.Element.Kind;
import java.util.List;

/**
 * One promise of a context: the schema of one version of a command, event, public event or view.
 *
 * @param kind the kind of element that the schema describes
 * @param context the context that promises it
 * @param name {@code WishApproved}
 * @param version the schema version; commands and views always have version 1
 * @param about the meaning, from the model
 * @param owner the team that owns it
 * @param producers the slices that record, publish, dispatch or show it, {@code wishes/make-wish}
 * @param consumers the slices of any context that fold, translate, handle or query it
 * @param schema the JSON Schema of its fields
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
    /** The key of a contract file under which owner, producers, consumers and validity stand. */
    static final String STORYLINE = "x-storyline";

    static final String RELEASED = "released";
    static final String READABLE_UNTIL = "readableUntil";

    Contract {
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    /** Returns name and version, {@code WishApproved.v1}. */
    String versioned() {
        return name + ".v" + version;
    }

    /** Returns the path below the context's contracts folder, {@code public-events/WishApproved.v1.json}. */
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
     * Returns the content of the contract file.
     *
     * @param window the validity that the released file states
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

    /** Writes owner, producers and consumers. */
    ObjectNode edges(ObjectNode storyline) {
        storyline.put("owner", owner);
        producers.forEach(storyline.putArray("producers")::add);
        consumers.forEach(storyline.putArray("consumers")::add);
        return storyline;
    }

    /**
     * The validity of a version.
     *
     * @param released the day of the release, an ISO date
     * @param readableUntil the last day, an ISO date; empty if the version stays readable as long as the store exists
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
