package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metamodel of Scalable Modeling v0.1: several contexts, a slice for each policy or for several of one name.
 * Causality, order and drawings have no place in a model.
 */
final class ScalableReader {
    private static final Set<String> POLICIES =
            Set.of("gatekeeper", "command_handler", "event_handler", "query_handler", "data_aggregator");
    private static final Set<String> SHOWING = Set.of("query_handler", "data_aggregator");
    private static final Set<String> HOMELESS =
            Set.of("bounded_context", "hotspot", "description", "glossary_term", "consistency_boundary");
    private static final String PASSED = "Passed over, for a model has no place for it";

    /** One element of the document. */
    private record Item(String id, String type, String name, String context, JsonNode told) {}

    private record Arrow(String type, Item from, Item to) {}

    private final Graph graph;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<String, List<Item>> targets = new HashMap<>();
    private final Map<String, List<Item>> sources = new HashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> questions = new LinkedHashMap<>();
    private final Map<Item, Part> parts = new HashMap<>();
    private final Map<Item, Thing> processors = new HashMap<>();

    private ScalableReader(String called) {
        graph = new Graph(called);
    }

    static boolean isDocument(JsonNode root) {
        return root.path("elements").isArray() && root.path("relationships").isArray();
    }

    /** Reads a document. */
    static Graph read(JsonNode root, String called) {
        ScalableReader reader = new ScalableReader(called);
        String version = ForeignJson.text(root, "schemaVersion");
        if (!version.equals(ScalableWriter.VERSION)) {
            reader.graph.note("The file has another version of the metamodel than 0.1", "'" + version + "'");
        }
        reader.items(root);
        reader.relationships(root);
        reader.texts(root);
        reader.things();
        reader.policies();
        reader.arrows();
        reader.graph.slices();
        return reader.graph;
    }

    private void items(JsonNode root) {
        Map<String, String> names = new HashMap<>();
        Map<String, String> homes = new HashMap<>();
        List<JsonNode> elements = ForeignJson.items(root, "elements");
        elements.forEach(told -> names.put(ForeignJson.text(told, "id"), ForeignJson.text(told, "name")));
        for (JsonNode told : ForeignJson.items(root, "relationships")) {
            if (ForeignJson.text(told, "type").equals("belongs_to")) {
                String id = ForeignJson.text(told, "sourceId");
                String home = Titles.context(names.getOrDefault(ForeignJson.text(told, "targetId"), ""));
                if (homes.putIfAbsent(id, home) != null) {
                    graph.note("Belongs to several contexts; the first one was taken", "'" + id + "'");
                }
            }
        }
        for (JsonNode told : elements) {
            if (ForeignJson.text(told, "type").equals("bounded_context")) {
                graph.contexts.add(Titles.context(ForeignJson.text(told, "name")));
            }
        }
        graph.context = graph.contexts.stream().findFirst().orElse("imported");
        for (JsonNode told : elements) {
            String id = ForeignJson.text(told, "id");
            String type = ForeignJson.text(told, "type");
            String name = ForeignJson.text(told, "name");
            String context = type.equals("bounded_context") ? Titles.context(name) : homes.get(id);
            if (context == null && !HOMELESS.contains(type)) {
                graph.note("Belongs to no context, and came to '" + graph.context + "'", "'" + id + "'");
            }
            if (context != null) {
                graph.contexts.add(context);
            }
            Item item = new Item(id, type, name, context == null ? graph.context : context, told);
            if (items.putIfAbsent(id, item) != null) {
                graph.note("An id stands there twice; the first one was taken", "'" + id + "'");
            }
        }
        graph.contexts.add(graph.context);
    }

    private void relationships(JsonNode root) {
        for (JsonNode told : ForeignJson.items(root, "relationships")) {
            Item from = items.get(ForeignJson.text(told, "sourceId"));
            Item to = items.get(ForeignJson.text(told, "targetId"));
            if (from == null || to == null) {
                graph.note(
                        "Relationships that lead to nothing were passed over",
                        "'" + ForeignJson.text(told, "id") + "'");
                continue;
            }
            String type = ForeignJson.text(told, "type");
            arrows.add(new Arrow(type, from, to));
            targets.computeIfAbsent(type + " " + from.id(), key -> new ArrayList<>())
                    .add(to);
            sources.computeIfAbsent(type + " " + to.id(), key -> new ArrayList<>())
                    .add(from);
        }
    }

    private List<Item> to(Item from, String type) {
        return targets.getOrDefault(type + " " + from.id(), List.of());
    }

    private List<Item> from(Item to, String type) {
        return sources.getOrDefault(type + " " + to.id(), List.of());
    }

    /** Adds terms, open questions and descriptions to their elements. */
    private void texts(JsonNode root) {
        ForeignJson.items(root, "views").forEach(view -> graph.note(PASSED, "views"));
        for (Item item : items.values()) {
            for (String key : List.of("partitionKeys", "tags", "provenance", "synonyms", "resolution")) {
                if (item.told().has(key) && !(key.equals("partitionKeys") && !by(item).isEmpty())) {
                    graph.note(PASSED, key);
                }
            }
            boolean question = item.type().equals("hotspot");
            if (question || item.type().equals("description")) {
                List<JsonNode> about = ForeignJson.items(item.told(), "targets");
                String text = ForeignJson.text(item.told(), "text");
                about.forEach(target -> (question ? questions : notes)
                        .merge(ForeignJson.text(target, "id"), text, (one, other) -> one + " " + other));
                if (about.isEmpty()) {
                    graph.note(PASSED, item.type() + " without a target");
                }
            } else if (item.type().equals("glossary_term")) {
                to(item, "defines").forEach(target -> note(target.id(), ForeignJson.text(item.told(), "definition")));
                if (to(item, "defines").isEmpty()) {
                    graph.note(PASSED, "glossary_term that defines nothing");
                }
            }
        }
    }

    private void note(String id, String text) {
        notes.merge(id, text, (one, other) -> one + " " + other);
    }

    private String about(Item item) {
        return (ForeignJson.text(item.told(), "description") + " " + notes.getOrDefault(item.id(), "")).strip();
    }

    /** Returns the field that identifies the entity of a stream; empty if there are several, or if it is no stream. */
    private static String by(Item item) {
        List<JsonNode> keys = ForeignJson.items(item.told(), "partitionKeys");
        String key = keys.size() == 1 ? keys.getFirst().asText() : "";
        return isStream(item) && key.matches("\\p{L}[\\p{L}\\p{N}_-]*") ? key : "";
    }

    private static boolean has(Item item, String role) {
        return ForeignJson.items(item.told(), "roles").stream()
                .anyMatch(each -> each.asText().equals(role));
    }

    private static boolean isStream(Item item) {
        return item.type().equals("model") && has(item, "command");
    }

    private static boolean isView(Item item) {
        return item.type().equals("model") && (!has(item, "command") || has(item, "query"));
    }

    private void things() {
        for (Item item : items.values()) {
            switch (item.type()) {
                case "bounded_context" -> graph.abouts.put(item.context(), about(item));
                case "command" ->
                    thing(item, Kind.COMMAND, false)
                            .tell(
                                    about(item),
                                    "",
                                    stream(from(item, "handles").stream()
                                            .flatMap(policy -> to(policy, "updates").stream())
                                            .toList()));
                case "event" -> {
                    boolean isPublic =
                            ForeignJson.text(item.told(), "visibility").equals("public");
                    String stream = isPublic ? "" : stream(to(item, "projects_into"));
                    thing(item, Kind.EVENT, isPublic).tell(about(item), "", stream);
                }
                case "model" -> {
                    if (isStream(item)) {
                        Map<String, Object> parts = new LinkedHashMap<>();
                        GraphModels.put(parts, "by", by(item));
                        GraphModels.put(parts, "about", about(item));
                        graph.streams
                                .computeIfAbsent(
                                        graph.contexts.size() < 2 ? "" : item.context(), key -> new LinkedHashMap<>())
                                .put(Titles.slice(item.name(), "stream"), parts);
                    }
                    if (isView(item)) {
                        thing(item, Kind.VIEW, false).tell(about(item), "", "");
                    }
                }
                default -> {}
            }
        }
    }

    private Thing thing(Item item, Kind kind, boolean isPublic) {
        Thing thing = graph.thing(kind, item.context(), item.name(), isPublic, item.id());
        String question = questions.getOrDefault(item.id(), "");
        if (!question.isEmpty()) {
            thing.notes.questions.add(question);
        }
        return thing;
    }

    private static String stream(List<Item> models) {
        return models.stream()
                .filter(ScalableReader::isStream)
                .map(Item::name)
                .findFirst()
                .orElse("");
    }

    /** Merges policies of one name into one slice. A gatekeeper belongs to the slice of its command. */
    private void policies() {
        Map<String, Part> byName = new LinkedHashMap<>();
        for (Item policy : items.values()) {
            if (!POLICIES.contains(policy.type())) {
                continue;
            }
            boolean gate = policy.type().equals("gatekeeper");
            Item named = !gate
                    ? policy
                    : to(policy, "handles").stream()
                            .flatMap(command -> from(command, "handles").stream())
                            .filter(other -> other.type().equals("command_handler"))
                            .findFirst()
                            .orElse(policy);
            String name = Titles.slice(named.name(), "slice").replaceFirst("-handler$", "");
            Part part = byName.computeIfAbsent(policy.context() + "/" + name, key -> graph.part("", name));
            part.context = policy.context();
            if (gate) {
                part.gate = about(policy);
            } else {
                part.about = about(policy).isEmpty() ? part.about : about(policy);
            }
            if (policy.type().equals("event_handler")) {
                Thing processor = graph.thing(Kind.PROCESSOR, policy.context(), "", false, policy.id());
                processors.put(policy, processor);
                part.things.add(processor);
            }
            parts.put(policy, part);
        }
    }

    private void arrows() {
        for (Arrow arrow : arrows) {
            Part part = parts.get(arrow.from());
            Thing from = graph.byId(arrow.from().id());
            Thing to = graph.byId(arrow.to().id());
            Thing processor = processors.get(arrow.from());
            if (to == null) {
                continue;
            }
            switch (arrow.type()) {
                case "handles" -> {
                    if (processor != null) {
                        graph.arrow(to, processor);
                    } else if (part != null && to.kind == Kind.COMMAND) {
                        part.things.add(to);
                    }
                }
                case "dispatches" -> from(processor, to);
                case "emits" -> {
                    from(processor, to);
                    if (processor == null) {
                        to(arrow.from(), "handles").forEach(command -> from(graph.byId(command.id()), to));
                    }
                }
                case "causes" -> {
                    if (from != null && graph.home(from).equals(graph.home(to))) {
                        graph.arrow(from, to);
                    }
                }
                case "projects_into" -> from(to.kind == Kind.VIEW ? from : null, to);
                case "reads" -> {
                    if (arrow.from().type().equals("gatekeeper")) {
                        to(arrow.from(), "handles").stream()
                                .map(command -> graph.byId(command.id()))
                                .forEach(command -> from(to, command));
                    } else if (part != null
                            && isView(arrow.to())
                            && SHOWING.contains(arrow.from().type())) {
                        part.things.add(to);
                    }
                }
                default -> {}
            }
        }
    }

    private void from(@Nullable Thing from, @Nullable Thing to) {
        if (from != null && to != null) {
            graph.arrow(from, to);
        }
    }
}
