package dev.storyline.modeler.exchange;

import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.YamlReader;
import dev.storyline.model.YamlReader.Value;
import dev.storyline.modeler.exchange.Graph.Attribute;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Scenario;
import dev.storyline.modeler.exchange.Graph.Step;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads Emlang 1.0: YAML documents with {@code slices}, each a list of triggers, commands, events, exceptions and views, or
 * such {@code steps} with {@code tests}. Arrows follow from the order of the steps. A name may have a lane before it,
 * {@code Customer/RegistrationForm}: the actor of a trigger, the stream of an event.
 */
final class EmlangReader {
    private static final int MOST_DOCUMENTS = 1_000;

    private final YamlReader reading;
    private final Graph graph;

    private EmlangReader(String called) {
        reading = new YamlReader(called);
        graph = new Graph(called);
    }

    /**
     * Reads a text.
     *
     * @throws ModelException if it is no Emlang
     */
    static Graph read(String text, String called, int mostCharacters) {
        EmlangReader reader = new EmlangReader(called);
        StringBuilder before = new StringBuilder();
        for (String document : text.split("(?m)^---[ \\t]*(?:#.*)?$", MOST_DOCUMENTS)) {
            // Lines before a document keep its places in messages right.
            Node root = document.isBlank() ? null : reader.reading.root(before + document, mostCharacters);
            before.repeat("\n", (int) document.lines().skip(1).count());
            if (root != null) {
                reader.document(root);
            }
        }
        reader.reading.end();
        if (reader.graph.parts.isEmpty()) {
            throw new ModelException(
                    new SourceLocation(called, 1, 1), "The file has no slices: a model needs at least one.");
        }
        return reader.graph;
    }

    private void document(Node root) {
        for (Value section : reading.entries(root, "An Emlang document")) {
            if (!section.key().equals("slices")) {
                graph.note("Passed over, for Emlang knows only 'slices' here", section.key());
                continue;
            }
            for (Value slice : reading.entries(section.node(), "'slices'")) {
                Part part = graph.part("", slice.key());
                if (slice.node() instanceof MappingNode mapping
                        && !mapping.getValue().isEmpty()) {
                    for (Value entry : reading.entries(mapping, "A slice")) {
                        if (entry.key().equals("steps")) {
                            steps(part, entry.node());
                        } else if (entry.key().equals("tests")) {
                            tests(part, entry.node());
                        } else {
                            graph.note("Passed over, for a slice has 'steps' and 'tests' only", entry.key());
                        }
                    }
                } else {
                    steps(part, slice.node());
                }
            }
        }
    }

    /** An element: what it is, its lane and name, and its properties. */
    private record Item(String type, String lane, String name, Map<String, Object> values) {}

    private List<Item> items(Node node) {
        List<Item> items = new ArrayList<>();
        for (Node each : node instanceof SequenceNode list ? list.getValue() : List.<Node>of()) {
            Item item = item(each);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable Item item(Node node) {
        String type = "";
        String name = "";
        Map<String, Object> values = new LinkedHashMap<>();
        for (Value entry : reading.entries(node, "An element")) {
            switch (entry.key()) {
                case "t", "trg", "trigger" -> type = "trigger";
                case "c", "cmd", "command" -> type = "command";
                case "e", "evt", "event" -> type = "event";
                case "x", "err", "exception" -> type = "exception";
                case "v", "view" -> type = "view";
                case "props" ->
                    reading.values(entry.node(), "'props'")
                            .forEach((key, value) -> values.put(Titles.plain(key, "field"), value));
                default -> {
                    graph.note("Passed over, for an element has no such key", entry.key());
                    continue;
                }
            }
            name = entry.key().equals("props") ? name : reading.text(entry, "A name");
        }
        if (type.isEmpty() || name.isBlank()) {
            graph.note("Elements without a type or a name were passed over", name);
            return null;
        }
        int slash = name.lastIndexOf('/');
        return new Item(
                type,
                slash < 0 ? "" : name.substring(0, slash).strip(),
                name.substring(slash + 1).strip(),
                values);
    }

    private static @Nullable Kind kind(String type) {
        return switch (type) {
            case "command" -> Kind.COMMAND;
            case "event" -> Kind.EVENT;
            case "view" -> Kind.VIEW;
            default -> null;
        };
    }

    private void steps(Part part, Node node) {
        Thing trigger = null;
        Thing command = null;
        List<Thing> before = new ArrayList<>();
        Thing view = null;
        for (Item item : items(node)) {
            Kind kind = kind(item.type());
            if (item.type().equals("exception")) {
                Step rejection = rejection(item);
                part.rules.put(rejection.rule(), rejection.says());
                continue;
            }
            Thing thing = kind == null
                    ? graph.thing(Kind.SCREEN, "", item.name(), false, "")
                    : graph.thing(kind, "", item.name(), false, "");
            part.things.add(thing);
            item.values().forEach((name, value) -> graph.field(thing, attribute(name, value)));
            if (kind == null) {
                trigger = thing;
                thing.actor = item.lane();
                link(view, thing);
            } else if (kind == Kind.COMMAND) {
                link(trigger, thing);
                command = thing;
                before.clear();
            } else if (kind == Kind.EVENT) {
                thing.tell("", "", item.lane());
                link(command, thing);
                before.add(thing);
            } else {
                before.forEach(event -> graph.arrow(event, thing));
                view = thing;
            }
        }
    }

    private void link(@Nullable Thing from, Thing to) {
        if (from != null) {
            graph.arrow(from, to);
        }
    }

    private static Step rejection(Item item) {
        String rule = Titles.plain(Titles.slice(item.name(), "refused"), "refused");
        return new Step(null, rule, rule.equals(item.name()) ? "" : Titles.words(item.name()), Map.of(), 1, false);
    }

    private static Step step(Thing thing, Map<String, Object> values) {
        return new Step(thing, "", "", values, 1, false);
    }

    /** A property of an element: a word for a type, or an example. */
    private static Attribute attribute(String name, Object value) {
        boolean many = value instanceof List;
        Object one = value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : value;
        if (one instanceof Map<?, ?> map) {
            List<Attribute> parts = new ArrayList<>();
            map.forEach((key, inner) -> parts.add(attribute(Titles.plain(String.valueOf(key), "field"), inner)));
            return new Attribute(name, "json", many, false, false, "", "", "", "", parts, List.of());
        }
        String text = many ? "" : String.valueOf(one);
        boolean isType =
                text.matches("(?i)string|text") || !GraphFields.basic(text).equals("text");
        String type = isType ? GraphFields.basic(text) : "text";
        String example = isType || text.equals("none") || text.isBlank() ? "" : text;
        return new Attribute(name, type, many, false, false, "", example, "", "", List.of(), List.of());
    }

    private void tests(Part part, Node node) {
        for (Value test : reading.entries(node, "'tests'")) {
            Map<String, List<Step>> clauses = new LinkedHashMap<>();
            for (Value clause : reading.entries(test.node(), "A test")) {
                List<Step> steps = new ArrayList<>();
                for (Item item : items(clause.node())) {
                    Kind kind = kind(item.type());
                    if (item.type().equals("exception")) {
                        steps.add(rejection(item));
                    } else {
                        Thing thing = kind == null ? null : graph.resolve("", kind, "", item.name());
                        if (thing == null) {
                            graph.note("Triggers have no place in tests and were passed over", item.name());
                        } else {
                            steps.add(step(thing, item.values()));
                        }
                    }
                }
                clauses.put(clause.key(), steps);
            }
            part.scenarios.add(new Scenario(
                    "",
                    test.key(),
                    clauses.getOrDefault("given", List.of()),
                    clauses.getOrDefault("when", List.of()),
                    clauses.getOrDefault("then", List.of()),
                    new Graph.Notes()));
        }
    }
}
