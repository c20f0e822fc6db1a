package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A config.json of Event Modelers as a graph of things and arrows. Linked copies with the same title are one thing; an
 * arrow that is stored at both ends is one arrow.
 */
final class ConfigGraph {
    /** The kinds of things, by the sections of a slice that contain them. */
    enum Kind {
        COMMAND("commands"),
        EVENT("events"),
        READMODEL("readmodels"),
        SCREEN("screens"),
        AUTOMATION("processors");

        private final String section;

        Kind(String section) {
            this.section = section;
        }

        String section() {
            return section;
        }

        static @Nullable Kind of(String word) {
            return Stream.of(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A thing with its arrows. */
    static final class Thing {
        final Kind kind;
        /** The name in the model; the title of a screen or a processor. */
        final String name;
        /** Whether it is a public event. */
        final boolean isPublic;
        /** The JSON of each copy in the file. */
        final List<JsonNode> told = new ArrayList<>();

        private final Set<Thing> from = new LinkedHashSet<>();
        private final Set<Thing> to = new LinkedHashSet<>();

        Thing(Kind kind, String name, boolean isPublic) {
            this.kind = kind;
            this.name = name;
            this.isPublic = isPublic;
        }

        /** Returns the targets of its arrows, of one kind. */
        List<Thing> to(Kind kind) {
            return to.stream().filter(thing -> thing.kind == kind).toList();
        }

        /** Returns the sources of its arrows, of one kind. */
        List<Thing> from(Kind kind) {
            return from.stream().filter(thing -> thing.kind == kind).toList();
        }
    }

    /** The content of one slice of the file. */
    record Part(JsonNode told, Map<Kind, Set<Thing>> things) {
        List<Thing> all(Kind kind) {
            return List.copyOf(things.getOrDefault(kind, Set.of()));
        }
    }

    final List<Part> parts = new ArrayList<>();
    private final Map<String, Thing> byTitle = new LinkedHashMap<>();
    private final Map<String, Thing> byId = new HashMap<>();
    private final List<String> warnings;
    private final Map<String, Integer> dropped = new TreeMap<>();

    ConfigGraph(JsonNode root, List<String> warnings) {
        this.warnings = warnings;
        List<JsonNode> slices = ForeignJson.items(root, "slices");
        if (slices.isEmpty()) {
            warnings.add("The file has no slices.");
        }
        int number = 0;
        for (JsonNode slice : slices) {
            if (slice.isObject()) {
                parts.add(part(slice, ++number));
            } else {
                warnings.add("An entry of 'slices' is no object and was passed over.");
            }
        }
        for (Part part : parts) {
            for (Kind kind : Kind.values()) {
                for (Thing thing : part.all(kind)) {
                    thing.told.forEach(told -> arrows(thing, told));
                }
            }
        }
        Set<String> known = Set.of("slices", "context", "boardId", "codeGen", "actors", "aggregates");
        root.fieldNames().forEachRemaining(key -> drop(key, root.get(key), known));
    }

    private Part part(JsonNode slice, int number) {
        Map<Kind, Set<Thing>> things = new HashMap<>();
        for (Kind kind : Kind.values()) {
            List<JsonNode> told = new ArrayList<>(ForeignJson.items(slice, kind.section));
            if (kind == Kind.READMODEL) {
                told.addAll(ForeignJson.items(slice, "readModels"));
            }
            for (JsonNode each : told) {
                things.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(thing(kind, each, number));
            }
        }
        return new Part(slice, things);
    }

    private Thing thing(Kind kind, JsonNode told, int number) {
        String id = ForeignJson.text(told, "id");
        boolean isNamed = kind != Kind.SCREEN && kind != Kind.AUTOMATION;
        String title = told.isTextual() ? told.asText() : ForeignJson.text(told, "title");
        // Many screens have the title "screen". The slice tells them apart.
        String name = isNamed ? Titles.element(title, before(kind)) : Titles.line(title, 200);
        boolean isPublic = kind == Kind.EVENT
                && ForeignJson.items(told, "tags").stream()
                        .anyMatch(tag -> tag.asText().equals(ConfigWriter.PUBLIC));
        Thing thing = byTitle.computeIfAbsent(
                key(kind, isNamed ? name : name + "@" + number, isPublic), key -> new Thing(kind, name, isPublic));
        thing.told.add(told);
        byId.putIfAbsent(id, thing);
        if (!isNamed) {
            byTitle.putIfAbsent(kind + " in any slice " + name, thing);
        }
        Set<String> known = Set.of(
                "id",
                "title",
                "type",
                "fields",
                "dependencies",
                "description",
                "aggregate",
                "aggregateDependencies",
                "context",
                "elementContext",
                "slice",
                "modelContext",
                "service",
                "owner",
                "tags",
                "domain",
                "groupId",
                "prototype");
        told.fieldNames().forEachRemaining(key -> drop(key, told.get(key), known));
        return thing;
    }

    private static String before(Kind kind) {
        return kind == Kind.READMODEL ? "View" : kind == Kind.EVENT ? "Event" : "Command";
    }

    private static String key(Kind kind, String name, boolean isPublic) {
        return kind + (isPublic ? " public " : " ") + name.toLowerCase(Locale.ROOT);
    }

    /** Records content that a model cannot hold, for one common warning. */
    private void drop(String key, JsonNode value, Set<String> known) {
        boolean says = !(value.isNull()
                        || (value.isContainerNode() && value.isEmpty())
                        || value.asText().equals("false"))
                && !(value.isTextual() && value.asText().isBlank());
        if (says && !known.contains(key)) {
            dropped.merge(key, 1, Integer::sum);
        }
    }

    /** Returns one sentence on all content that was passed over; empty if there was none. */
    void summarise() {
        if (!dropped.isEmpty()) {
            List<String> keys = new ArrayList<>();
            dropped.forEach((key, times) -> keys.add(key + " (" + times + ")"));
            warnings.add("Passed over, for a model has no place for it: " + String.join(", ", keys) + ".");
        }
    }

    private void arrows(Thing thing, JsonNode told) {
        for (JsonNode dependency : ForeignJson.items(told, "dependencies")) {
            Kind kind = Kind.of(ForeignJson.text(dependency, "elementType"));
            Thing other = resolve(
                    ForeignJson.text(dependency, "id"),
                    kind,
                    ForeignJson.text(dependency, "title"),
                    "'" + thing.name + "'");
            if (other != null) {
                boolean inbound = ForeignJson.text(dependency, "type").equalsIgnoreCase("INBOUND");
                (inbound ? thing.from : thing.to).add(other);
                (inbound ? other.to : other.from).add(thing);
            }
        }
    }

    /** Returns the thing with this id, else with this title. Creates a thing with the title only if there is none. */
    @Nullable
    Thing resolve(String id, @Nullable Kind kind, String title, String by) {
        Thing byItsId = byId.get(id);
        if (byItsId != null && (kind == null || byItsId.kind == kind)) {
            return byItsId;
        }
        if (kind == null || title.isEmpty()) {
            warnings.add("The arrow of " + by + " leads to nothing: '" + title + "'.");
            return null;
        }
        if (kind == Kind.SCREEN || kind == Kind.AUTOMATION) {
            Thing any = byTitle.get(kind + " in any slice " + Titles.line(title, 200));
            if (any == null) {
                warnings.add("The arrow of " + by + " leads to a " + word(kind) + " that is not in the file: '" + title
                        + "'.");
            }
            return any;
        }
        String name = Titles.element(title, before(kind));
        Thing found = byTitle.get(key(kind, name, false));
        if (found == null) {
            found = byTitle.get(key(kind, name, true));
        }
        if (found == null) {
            warnings.add("The " + word(kind) + " '" + title + "' is only named, by " + by + ": it has no fields yet.");
            found = new Thing(kind, name, false);
            byTitle.put(key(kind, name, false), found);
        }
        return found;
    }

    /** Returns all commands, events and views, in the order of the file. */
    List<Thing> named() {
        return byTitle.values().stream()
                .filter(thing -> thing.kind == Kind.COMMAND || thing.kind == Kind.EVENT || thing.kind == Kind.READMODEL)
                .toList();
    }

    static String word(Kind kind) {
        return switch (kind) {
            case COMMAND -> "command";
            case EVENT -> "event";
            case READMODEL -> "view";
            case SCREEN -> "screen";
            case AUTOMATION -> "processor";
        };
    }
}
