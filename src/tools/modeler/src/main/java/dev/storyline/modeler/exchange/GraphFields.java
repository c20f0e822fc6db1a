package dev.storyline.modeler.exchange;

import dev.storyline.modeler.exchange.Graph.Attribute;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts the fields of a graph into fields of a model. A nested field becomes a named type. */
final class GraphFields {
    /** What stands before the words of a mapping that leads to nothing. */
    static final String MAPPED = "Mapped from ";

    /** The types found, in the form of a model file. */
    final Map<String, Object> types = new LinkedHashMap<>();

    private final Graph graph;
    private final Function<Thing, String> ref;

    GraphFields(Graph graph, Function<Thing, String> ref) {
        this.graph = graph;
        this.ref = ref;
    }

    /** Returns the basic type that a word of another tool means; text for an unknown word. */
    static String basic(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "boolean", "bool" -> "boolean";
            case "double", "decimal", "float", "number", "money" -> "decimal";
            case "long", "int", "integer" -> "integer";
            case "date" -> "date";
            case "datetime", "date-time", "timestamp", "instant" -> "instant";
            case "duration" -> "duration";
            case "uuid", "guid" -> "uuid";
            case "custom", "object", "json" -> "json";
            default -> "text";
        };
    }

    /** Returns the fields of a thing by name. */
    Map<String, Object> of(Thing thing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        thing.fields.values().forEach(field -> fields.put(field.name(), field(field, thing)));
        return fields;
    }

    private Map<String, Object> field(Attribute field, @Nullable Thing thing) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("type", (field.optional() ? "optional " : "") + (field.many() ? "list of " : "") + type(field));
        if (field.identity()) {
            parts.put("identity", true);
        }
        GraphModels.put(parts, "example", field.example());
        GraphModels.put(parts, "generated", field.generated());
        String about = field.about();
        if (!field.mapping().isEmpty() && thing != null && !mapped(field, thing, parts)) {
            graph.note("Mapped from what is not there; the words stand at the field", thing.name + "." + field.name());
            about = (about + " " + MAPPED + Titles.line(field.mapping(), 500) + ".").strip();
        }
        GraphModels.put(parts, "about", about);
        return parts;
    }

    private String type(Attribute field) {
        if (!field.words().isEmpty()) {
            return named(field.name(), field.words());
        }
        if (field.parts().isEmpty()) {
            return field.type().isEmpty() ? "json" : field.type();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        field.parts().forEach(part -> fields.putIfAbsent(part.name(), field(part, null)));
        return named(field.name(), Map.of("fields", fields));
    }

    private String named(String field, Object type) {
        String name = Titles.element(field, "Type");
        Set<String> taken = new LinkedHashSet<>();
        while (true) {
            String free = Titles.unique(name, "", taken);
            Object same = types.putIfAbsent(free, type);
            if (same == null || same.equals(type)) {
                return free;
            }
        }
    }

    /** A source of a field: as a reference, and whether it is of the same type. */
    private record Source(String ref, boolean same) {}

    /** Adds where a field comes from: a copy of one field, or computed from what has another type. */
    private boolean mapped(Attribute field, Thing thing, Map<String, Object> parts) {
        List<Source> sources = new ArrayList<>();
        for (String one : field.mapping().split(",", -1)) {
            Source source = source(field, thing, one.strip());
            if (source == null) {
                return false;
            }
            sources.add(source);
        }
        boolean copied = sources.size() == 1 && sources.getFirst().same();
        parts.put(
                copied ? "from" : "computed",
                sources.stream().map(Source::ref).distinct().toList());
        return true;
    }

    private @Nullable Source source(Attribute field, Thing thing, String mapping) {
        Set<Thing> before = before(thing);
        int dot = mapping.lastIndexOf('.');
        if (dot > 0) {
            String title = mapping.substring(0, dot);
            Thing named = titled(before, title);
            for (Kind kind : List.of(Kind.COMMAND, Kind.EVENT, Kind.VIEW)) {
                named = named == null ? graph.byTitle(kind, thing.context, title) : named;
            }
            Attribute found =
                    named == null ? null : named.fields.get(Titles.plain(mapping.substring(dot + 1), "field"));
            if (named != null && found != null) {
                return new Source(ref.apply(named) + "." + found.name(), alike(found, field));
            }
        }
        String name = Titles.plain(mapping, "field");
        for (Thing each : before) {
            Attribute found = each.fields.get(name);
            if (found != null) {
                return new Source(ref.apply(each) + "." + name, alike(found, field));
            }
        }
        Thing whole = titled(before, mapping);
        for (Kind kind : List.of(Kind.COMMAND, Kind.EVENT, Kind.VIEW)) {
            whole = whole == null ? graph.byTitle(kind, thing.context, mapping) : whole;
        }
        if (whole != null) {
            Attribute found = whole.fields.get(field.name());
            return found == null
                    ? new Source(ref.apply(whole), false)
                    : new Source(ref.apply(whole) + "." + found.name(), alike(found, field));
        }
        Attribute itself = thing.fields.get(name);
        return itself == null || name.equals(field.name()) ? null : new Source(name, alike(itself, field));
    }

    /** Returns whether a field may be a copy of another one. */
    static boolean alike(Attribute one, Attribute other) {
        return one.type().equals(other.type())
                && one.many() == other.many()
                && one.parts().isEmpty() == other.parts().isEmpty();
    }

    private static @Nullable Thing titled(Set<Thing> things, String title) {
        String name = Titles.element(title, "");
        return things.stream()
                .filter(thing -> thing.name.equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the elements that come before a thing, also by way of a screen or a processor. */
    private static Set<Thing> before(Thing thing) {
        Set<Thing> before = new LinkedHashSet<>();
        for (Kind kind : List.of(Kind.COMMAND, Kind.EVENT, Kind.VIEW)) {
            before.addAll(thing.from(kind));
        }
        for (Kind by : List.of(Kind.SCREEN, Kind.PROCESSOR)) {
            for (Thing each : thing.from(by)) {
                before.addAll(each.from(Kind.VIEW));
                before.addAll(each.from(Kind.EVENT));
            }
        }
        return before;
    }
}
