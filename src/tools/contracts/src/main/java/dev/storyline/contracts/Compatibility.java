package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contracts.Breach.BreachKind;
import dev.storyline.model.Element.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares two schemas of one version. Handles the subset of JSON Schema that {@link Schemas} writes. */
final class Compatibility {
    private static final String NOTHING = "not there";

    private final Kind kind;
    private final List<Breach> breaches = new ArrayList<>();

    private Compatibility(Kind kind) {
        this.kind = kind;
    }

    /** Returns every breach of the released schema, in the order of the fields; an empty list if there is none. */
    static List<Breach> breaches(Kind kind, JsonNode was, JsonNode is) {
        Compatibility compatibility = new Compatibility(kind);
        compatibility.fields("", was, is);
        return List.copyOf(compatibility.breaches);
    }

    private void fields(String prefix, JsonNode was, JsonNode is) {
        Set<String> wasRequired = words(was.path("required"));
        Set<String> isRequired = words(is.path("required"));
        was.path("properties").properties().forEach(old -> {
            String name = old.getKey();
            JsonNode now = is.path("properties").path(name);
            String path = prefix + name;
            if (now.isMissingNode()) {
                tell(path, BreachKind.REMOVED, type(old.getValue()), NOTHING);
                return;
            }
            if (wasRequired.contains(name) != isRequired.contains(name)) {
                tell(
                        path,
                        isRequired.contains(name) ? BreachKind.REQUIRED_NOW : BreachKind.OPTIONAL_NOW,
                        wasRequired.contains(name) ? "required" : "optional",
                        isRequired.contains(name) ? "required" : "optional");
            }
            value(path, old.getValue(), now);
        });
        is.path("properties").properties().forEach(added -> {
            if (!was.path("properties").has(added.getKey()) && isRequired.contains(added.getKey())) {
                tell(prefix + added.getKey(), BreachKind.NEW_AND_REQUIRED, NOTHING, type(added.getValue()));
            }
        });
    }

    private void value(String path, JsonNode was, JsonNode is) {
        if (!type(was).equals(type(is))) {
            tell(path, BreachKind.RETYPED, type(was), type(is));
            return;
        }
        limits(path, was, is);
        if (was.has("items")) {
            value(path + "[]", was.path("items"), is.path("items"));
        }
        fields(path + ".", was, is);
    }

    /** Compares enums and lengths. A new or tighter limit narrows the field; a removed or looser limit widens it. */
    private void limits(String path, JsonNode was, JsonNode is) {
        Set<String> before = allowed(was);
        Set<String> now = allowed(is);
        if (now.isEmpty() ? !before.isEmpty() : !before.containsAll(now) && !before.isEmpty()) {
            tell(path, BreachKind.WIDENED, oneOf(before), oneOf(now));
        }
        if (before.isEmpty() ? !now.isEmpty() : !now.containsAll(before) && !now.isEmpty()) {
            tell(path, BreachKind.NARROWED, oneOf(before), oneOf(now));
        }
        int shortest = Integer.compare(
                is.path("minLength").asInt(0), was.path("minLength").asInt(0));
        int longest = Integer.compare(
                was.path("maxLength").asInt(Integer.MAX_VALUE),
                is.path("maxLength").asInt(Integer.MAX_VALUE));
        if (shortest > 0 || longest > 0) {
            tell(path, BreachKind.NARROWED, length(was), length(is));
        }
        if (shortest < 0 || longest < 0) {
            tell(path, BreachKind.WIDENED, length(was), length(is));
        }
    }

    private void tell(String path, BreachKind rule, String was, String is) {
        if (rule.breaks(kind)) {
            breaches.add(new Breach(path, rule, was, is));
        }
    }

    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.forEach(word -> {
            if (!word.isNull()) {
                words.add(word.asText());
            }
        });
        return words;
    }

    /** Returns the words of an enum. {@link Schemas} writes an enum of one word as a constant. */
    private static Set<String> allowed(JsonNode schema) {
        return schema.has("const") ? Set.of(schema.path("const").asText()) : words(schema.path("enum"));
    }

    private static String oneOf(Set<String> words) {
        return words.isEmpty() ? "any text" : "one of " + words;
    }

    private static String length(JsonNode schema) {
        return schema.has("maxLength") || schema.has("minLength")
                ? "text of " + schema.path("minLength").asInt(0) + " to "
                        + schema.path("maxLength").asText("any number of") + " characters"
                : "text of any length";
    }

    /** Returns the type without "null": a field that may be null is the same as a field that may be missing. */
    private static String type(JsonNode schema) {
        Set<String> types = schema.path("type").isArray()
                ? words(schema.path("type"))
                : new TreeSet<>(Set.of(schema.path("type").asText("any JSON")));
        types.remove("null");
        String format = schema.path("format").asText();
        return String.join(" or ", types) + (format.isEmpty() ? "" : " (" + format + ")");
    }
}
