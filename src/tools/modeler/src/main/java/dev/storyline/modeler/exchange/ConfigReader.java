package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.exchange.Graph.Attribute;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the boards of Event Modelers, published as event-modeling-spec: a {@code config.json} with slices, a list of slices,
 * one slice alone, and elements in lists of the root that slices name by id. Real files are incomplete and redundant.
 */
final class ConfigReader {
    private static final Map<Kind, List<String>> SECTIONS = sections();
    // What is read, and what only repeats what is read. Everything else is told as passed over.
    private static final Set<String> ROOT = Set.of("slices", "context", "boardId", "actors", "aggregates");
    private static final Set<String> SLICE = Set.of(
            "id",
            "title",
            "slice",
            "index",
            "context",
            "chapter",
            "sliceType",
            "specifications",
            "tables",
            "actors",
            "aggregates",
            "status",
            "comments",
            "notes",
            "folder");
    private static final Set<String> ELEMENT = Set.of(
            "id",
            "title",
            "type",
            "fields",
            "dependencies",
            "description",
            "aggregate",
            "context",
            "elementContext",
            "slice",
            "modelContext",
            "service",
            "owner",
            "lane",
            "elementCopy",
            "todoList",
            "comments",
            "linkedId");
    private static final Set<String> FIELD = Set.of(
            "name",
            "type",
            "cardinality",
            "optional",
            "idAttribute",
            "example",
            "generated",
            "mapping",
            "subfields",
            "schema",
            "technicalAttribute");
    private final Graph graph;
    private final PassedOver passed;
    private final JsonNode root;
    private final Map<Thing, List<JsonNode>> told = new LinkedHashMap<>();
    private final Map<String, JsonNode> rooted = new LinkedHashMap<>();

    private ConfigReader(JsonNode root, String called) {
        this.root = root;
        graph = new Graph(called);
        passed = new PassedOver(graph);
    }

    private static Map<Kind, List<String>> sections() {
        Map<Kind, List<String>> sections = new LinkedHashMap<>();
        sections.put(Kind.COMMAND, List.of("commands"));
        sections.put(Kind.EVENT, List.of("events"));
        sections.put(Kind.VIEW, List.of("readmodels", "readModels"));
        sections.put(Kind.SCREEN, List.of("screens"));
        sections.put(Kind.PROCESSOR, List.of("processors"));
        return sections;
    }

    /** Returns whether a JSON document is a board, or one slice of it. */
    static boolean isBoard(JsonNode root) {
        JsonNode slices = root.isArray() ? root : root.path("slices");
        return slices.isArray()
                ? slices.isEmpty() || slices.valueStream().anyMatch(ConfigReader::isSlice)
                : isSlice(root);
    }

    private static boolean isSlice(JsonNode slice) {
        return SECTIONS.values().stream().flatMap(List::stream).anyMatch(slice::has) || slice.has("sliceType");
    }

    /**
     * Reads a board.
     *
     * @param context what the context is called; empty if the board decides
     * @throws ModelException if it has no slices
     */
    static Graph read(JsonNode root, String called, String context) {
        return new ConfigReader(root, called).read(context);
    }

    private Graph read(String context) {
        List<JsonNode> slices = new ArrayList<>();
        (root.isArray() ? root : root.path("slices")).forEach(slices::add);
        if (slices.isEmpty() && isSlice(root)) {
            slices.add(root);
        }
        if (slices.isEmpty()) {
            throw new ModelException(
                    new SourceLocation(graph.called(), 1, 1),
                    "The board has no slices: a model needs at least one. Export the board again.");
        }
        SECTIONS.forEach((kind, sections) -> sections.forEach(section -> ForeignJson.items(root, section)
                .forEach(element -> rooted.putIfAbsent(ForeignJson.text(element, "id"), element))));
        graph.context = context.isEmpty() ? title(slices) : context;
        for (JsonNode actor : ForeignJson.items(root, "actors")) {
            graph.actors.add(actor(actor));
        }
        aggregates();
        List<Part> parts = new ArrayList<>();
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode slice : inOrder(slices)) {
            if (slice.isObject() && ForeignJson.text(slice, "id").equals(ConfigWriter.UNPLACED)) {
                SECTIONS.forEach((kind, sections) -> sections.forEach(
                        section -> ForeignJson.items(slice, section).forEach(element -> thing(kind, element))));
            } else if (slice.isObject()) {
                parts.add(part(slice));
                kept.add(slice);
            } else {
                graph.note("An entry of 'slices' is no slice and was passed over", "");
            }
        }
        if (parts.isEmpty() && told.isEmpty()) {
            throw new ModelException(
                    new SourceLocation(graph.called(), 1, 1), "None of the entries of 'slices' is a slice, '{ ... }'.");
        }
        told.forEach((thing, copies) -> copies.forEach(copy -> arrows(thing, copy)));
        ConfigScenarios scenarios = new ConfigScenarios(graph, passed);
        for (int i = 0; i < parts.size(); i++) {
            scenarios.read(parts.get(i), kept.get(i));
        }
        if (!slices.contains(root)) {
            passed.drop(root, ROOT, SECTIONS.values());
        }
        return graph;
    }

    /** The order on the board is told by an index; slices and steps without one keep their places. */
    static List<JsonNode> inOrder(List<JsonNode> nodes) {
        List<JsonNode> sorted = new ArrayList<>(nodes);
        if (nodes.stream().allMatch(node -> node.path("index").isNumber())) {
            sorted.sort(Comparator.comparingDouble(node -> node.path("index").asDouble()));
        }
        return sorted;
    }

    private String title(List<JsonNode> slices) {
        String title = ForeignJson.text(root, "context");
        for (JsonNode slice : slices) {
            for (List<String> sections : SECTIONS.values()) {
                for (String section : sections) {
                    for (JsonNode element : ForeignJson.items(slice, section)) {
                        title = title.isEmpty() ? ForeignJson.text(element, "modelContext") : title;
                    }
                }
            }
        }
        for (JsonNode slice : slices) {
            title = title.isEmpty() ? ForeignJson.text(slice, "context") : title;
        }
        return title;
    }

    private static String actor(JsonNode actor) {
        return actor.isTextual() ? actor.asText() : ForeignJson.text(actor, "name") + ForeignJson.text(actor, "title");
    }

    private void aggregates() {
        Map<String, Object> streams = new LinkedHashMap<>();
        for (JsonNode aggregate : ForeignJson.items(root, "aggregates")) {
            String title = aggregate.isTextual() ? aggregate.asText() : ForeignJson.text(aggregate, "title");
            if (isStream(title)) {
                streams.putIfAbsent(Titles.slice(title, "stream"), Map.of());
            }
            if (!ForeignJson.items(aggregate, "fields").isEmpty()) {
                graph.note("Fields of aggregates have no place in a model", title);
            }
        }
        graph.streams.put("", streams);
    }

    /** "default" is what the tool writes where nobody has named an aggregate. */
    private static boolean isStream(String title) {
        return !title.isEmpty() && !title.equals("default");
    }

    private Part part(JsonNode slice) {
        String title = ForeignJson.text(slice, "title");
        Part part =
                graph.part(ForeignJson.text(slice, "id"), title.isEmpty() ? ForeignJson.text(slice, "slice") : title);
        String chapter = ForeignJson.text(slice, "chapter");
        part.chapter = chapter.isEmpty() ? ForeignJson.text(slice, "context") : chapter;
        part.pattern = pattern(ForeignJson.text(slice, "sliceType"));
        part.status = status(ForeignJson.text(slice, "status"));
        comments(slice, part.notes);
        ForeignJson.items(slice, "actors").forEach(actor -> part.actors.add(actor(actor)));
        SECTIONS.forEach((kind, sections) -> sections.forEach(section ->
                ForeignJson.items(slice, section).forEach(element -> part.things.add(thing(kind, element)))));
        if (!part.all(Kind.PROCESSOR).isEmpty() && part.all(Kind.SCREEN).isEmpty()) {
            part.pattern = part.pattern.equals("translation") ? part.pattern : "automation";
        }
        List<String> notes = new ArrayList<>();
        for (JsonNode table : ForeignJson.items(slice, "tables")) {
            List<String> columns = ForeignJson.items(table, "fields").stream()
                    .map(ConfigReader::name)
                    .toList();
            notes.add("Table " + ForeignJson.text(table, "title") + ": " + String.join(", ", columns) + ".");
        }
        part.about = String.join(" ", notes);
        passed.drop(slice, SLICE, SECTIONS.values());
        return part;
    }

    private String status(String told) {
        return switch (told) {
            case "Created", "Planned", "Assigned" -> "planned";
            case "InProgress", "Review", "Blocked" -> "in progress";
            case "Done" -> "done";
            case "Live" -> "live";
            case "" -> "";
            default -> {
                graph.note("A status that a model does not know was passed over", told);
                yield "";
            }
        };
    }

    /** Adds the comments of a part; the tool marks questions and hotspots by a type, or by a word before the text. */
    static void comments(JsonNode node, Graph.Notes notes) {
        for (String key : List.of("comments", "notes")) {
            for (JsonNode comment : ForeignJson.items(node, key)) {
                String text = comment.isTextual()
                        ? comment.asText().strip()
                        : Stream.of("description", "text", "comment", "title")
                                .map(each -> ForeignJson.text(comment, each))
                                .filter(each -> !each.isEmpty())
                                .findFirst()
                                .orElse("");
                String type = ForeignJson.text(comment, "type").toUpperCase(Locale.ROOT);
                if (!text.isEmpty()) {
                    (type.contains("HOTSPOT")
                                    ? notes.hotspots
                                    : type.contains("QUESTION") ? notes.questions : notes.comments)
                            .add(text);
                }
            }
        }
    }

    private static String pattern(String type) {
        return switch (type) {
            case "STATE_CHANGE" -> "state change";
            case "STATE_VIEW" -> "state view";
            case "AUTOMATION" -> "automation";
            case "TRANSLATION" -> "translation";
            default -> "";
        };
    }

    private Thing thing(Kind kind, JsonNode entry) {
        JsonNode element = entry.isTextual() ? rooted.getOrDefault(entry.asText(), entry) : entry;
        String title = element.isTextual() ? element.asText() : ForeignJson.text(element, "title");
        // What the tool and its export write where nobody has named a processor.
        title = kind == Kind.PROCESSOR && title.equalsIgnoreCase(ConfigWriter.UNNAMED) ? "" : title;
        boolean isPublic = kind == Kind.EVENT
                && ForeignJson.items(element, "tags").stream()
                        .anyMatch(tag -> tag.asText().equals(ConfigWriter.PUBLIC));
        String home = ForeignJson.text(element, "modelContext");
        boolean foreign = isPublic && !home.isEmpty() && !Titles.context(home).equals(Titles.context(graph.context));
        Thing thing = graph.thing(
                kind, foreign ? Titles.context(home) : "", title, isPublic, ForeignJson.text(element, "id"));
        if (told.computeIfAbsent(thing, key -> new ArrayList<>()).contains(element)) {
            return thing;
        }
        told.computeIfAbsent(thing, key -> new ArrayList<>()).add(element);
        thing.todo |= element.path("todoList").asBoolean();
        String stream = ForeignJson.text(element, "aggregate");
        boolean outside = ForeignJson.text(element, "context").equalsIgnoreCase("EXTERNAL");
        String service = ForeignJson.text(element, "service");
        thing.tell(
                ForeignJson.text(element, "description"),
                !service.isEmpty() ? service : outside ? ConfigWriter.EXTERNAL : "",
                isStream(stream) ? stream : "");
        comments(element, thing.notes);
        ForeignJson.items(element, "fields").forEach(field -> graph.field(thing, attribute(field)));
        passed.drop(element, ELEMENT, List.of());
        return thing;
    }

    private void arrows(Thing thing, JsonNode element) {
        for (JsonNode dependency : ForeignJson.items(element, "dependencies")) {
            Thing other = graph.resolve(
                    ForeignJson.text(dependency, "id"),
                    kind(ForeignJson.text(dependency, "elementType")),
                    "",
                    ForeignJson.text(dependency, "title"));
            if (other != null) {
                boolean inbound = ForeignJson.text(dependency, "type").equalsIgnoreCase("INBOUND");
                graph.arrow(inbound ? other : thing, inbound ? thing : other);
            }
        }
    }

    static @Nullable Kind kind(String word) {
        return switch (word) {
            case "COMMAND" -> Kind.COMMAND;
            case "EVENT" -> Kind.EVENT;
            case "READMODEL" -> Kind.VIEW;
            case "SCREEN" -> Kind.SCREEN;
            case "AUTOMATION", "PROCESSOR" -> Kind.PROCESSOR;
            default -> null;
        };
    }

    // Fields.

    static String name(JsonNode field) {
        return Titles.plain(field.isTextual() ? field.asText() : ForeignJson.text(field, "name"), "field");
    }

    private Attribute attribute(JsonNode field) {
        String type = GraphFields.basic(ForeignJson.text(field, "type"));
        List<Attribute> parts = new ArrayList<>();
        if (type.equals("json")) {
            ForeignJson.items(field, "subfields").forEach(each -> parts.add(attribute(each)));
            String schema = ForeignJson.text(field, "schema");
            if (parts.isEmpty() && schema.startsWith("{")) {
                try {
                    parts.addAll(schema(ForeignJson.read(schema, "the schema of a field")));
                } catch (ModelException e) {
                    graph.note("The schema of a field cannot be read; the field is json", name(field));
                }
            }
        }
        JsonNode example = field.path("example");
        String generated = ForeignJson.text(field, "generated");
        passed.drop(field, FIELD, List.of());
        return new Attribute(
                name(field),
                type,
                ForeignJson.text(field, "cardinality").equalsIgnoreCase("List"),
                field.path("optional").asBoolean(),
                // Boards of before this attribute name the id by its usual name.
                field.path("idAttribute")
                        .asBoolean(!field.has("idAttribute") && name(field).equals("aggregateId")),
                generator(generated),
                example.isContainerNode() ? example.toString() : ForeignJson.text(field, "example"),
                ForeignJson.text(field, "mapping"),
                field.path("technicalAttribute").asBoolean() ? ConfigWriter.TECHNICAL : "",
                parts,
                List.of());
    }

    private static String generator(String told) {
        return switch (told) {
            case "", "false" -> "";
            case "now" -> "clock";
            default -> told;
        };
    }

    /** Returns fields from a map of names and types, like {@code {"from": "String"}}. */
    private static List<Attribute> schema(JsonNode schema) {
        List<Attribute> parts = new ArrayList<>();
        schema.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            JsonNode one = value.isArray() ? value.path(0) : value;
            List<Attribute> inner = one.isObject() ? schema(one) : List.of();
            parts.add(new Attribute(
                    Titles.plain(entry.getKey(), "field"),
                    one.isObject() ? "json" : GraphFields.basic(one.asText()),
                    value.isArray(),
                    false,
                    false,
                    "",
                    "",
                    "",
                    "",
                    inner,
                    List.of()));
        });
        return parts;
    }
}
