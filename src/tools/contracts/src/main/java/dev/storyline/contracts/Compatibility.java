package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contracts.Breach.BreachKind;
import dev.storyline.model.Element.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Compares enums and bounds. A new or tighter limit narrows the field; a removed or looser limit widens it. */
    private void limits(String path, JsonNode was, JsonNode is) {
        Set<String> before = allowed(was);
        Set<String> now = allowed(is);
        if (now.isEmpty() ? !before.isEmpty() : !before.containsAll(now) && !before.isEmpty()) {
            tell(path, BreachKind.WIDENED, oneOf(before), oneOf(now));
        }
        if (before.isEmpty() ? !now.isEmpty() : !now.containsAll(before) && !now.isEmpty()) {
            tell(path, BreachKind.NARROWED, oneOf(before), oneOf(now));
        }
        String form = form(was);
        String formNow = form(is);
        if (!form.equals(formNow)) {
            tell(path, formNow.isEmpty() ? BreachKind.WIDENED : BreachKind.NARROWED, formed(form), formed(formNow));
        }
        bounds(path, BreachKind.NARROWED, was, is, BOUNDS.stream().filter(bound -> bound.tighter(was, is) > 0));
        bounds(path, BreachKind.WIDENED, was, is, BOUNDS.stream().filter(bound -> bound.tighter(was, is) < 0));
    }

    private void bounds(String path, BreachKind rule, JsonNode was, JsonNode is, Stream<Bound> moved) {
        List<Bound> bounds = moved.toList();
        if (!bounds.isEmpty()) {
            tell(path, rule, said(bounds, was), said(bounds, is));
        }
    }

    private static String said(List<Bound> bounds, JsonNode schema) {
        return bounds.stream().map(bound -> bound.said(schema)).collect(Collectors.joining(", "));
    }

    /**
     * One bound of a value.
     *
     * @param words how to read it
     * @param isUpper whether a smaller one takes fewer values
     */
    private record Bound(String words, Function<JsonNode, JsonNode> in, boolean isUpper) {
        /** Compares two schemas: 1 if the second takes fewer values, -1 if it takes more, 0 if neither. */
        int tighter(JsonNode was, JsonNode is) {
            JsonNode before = in.apply(was);
            JsonNode now = in.apply(is);
            if (before.isMissingNode() || now.isMissingNode()) {
                return Boolean.compare(before.isMissingNode(), now.isMissingNode());
            }
            int compared = Integer.signum(compare(now, before));
            return isUpper ? -compared : compared;
        }

        /** Times and days of four-digit years have the order of their texts. */
        private static int compare(JsonNode now, JsonNode before) {
            if (before.isNumber() && now.isNumber()) {
                return now.decimalValue().compareTo(before.decimalValue());
            }
            return now.asText().startsWith("P") && before.asText().startsWith("P")
                    ? Duration.parse(now.asText()).compareTo(Duration.parse(before.asText()))
                    : now.asText().compareTo(before.asText());
        }

        String said(JsonNode schema) {
            JsonNode bound = in.apply(schema);
            return bound.isMissingNode() ? "without " + words : words + " " + bound.asText();
        }
    }

    private static final List<Bound> BOUNDS = List.of(
            new Bound("fewest characters", schema -> schema.path("minLength"), false),
            new Bound("most characters", schema -> schema.path("maxLength"), true),
            new Bound("most entries", schema -> schema.path("maxItems"), true),
            new Bound("least number", schema -> schema.path("minimum"), false),
            new Bound("greatest number", schema -> schema.path("maximum"), true),
            new Bound("most decimals", schema -> own(schema, SchemaBounds.DECIMALS), true),
            new Bound("first", schema -> own(schema, SchemaBounds.MIN), false),
            new Bound("last", schema -> own(schema, SchemaBounds.MAX), true));

    private static JsonNode own(JsonNode schema, String bound) {
        return schema.path(Contract.STORYLINE).path(bound);
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

    /** Earlier contracts named a format for durations, which not every duration had. */
    private static String form(JsonNode schema) {
        return isNamedDuration(schema)
                ? Schemas.DURATION
                : schema.path("pattern").asText();
    }

    private static boolean isNamedDuration(JsonNode schema) {
        return schema.path("format").asText().equals("duration");
    }

    private static String formed(String pattern) {
        return pattern.isEmpty() ? "of any form" : "of the form " + pattern;
    }

    private static String oneOf(Set<String> words) {
        return words.isEmpty() ? "any text" : "one of " + words;
    }

    /** Returns the type without "null": a field that may be null is the same as a field that may be missing. */
    private static String type(JsonNode schema) {
        Set<String> types = schema.path("type").isArray()
                ? words(schema.path("type"))
                : new TreeSet<>(Set.of(schema.path("type").asText("any JSON")));
        types.remove("null");
        String format = isNamedDuration(schema) ? "" : schema.path("format").asText();
        return String.join(" or ", types) + (format.isEmpty() ? "" : " (" + format + ")");
    }
}
