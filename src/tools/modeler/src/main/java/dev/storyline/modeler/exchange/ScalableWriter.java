package dev.storyline.modeler.exchange;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes models in the metamodel of Scalable Modeling v0.1: location of state, policies, and
 * consistency boundaries. The policies of a slice have its name. The format has no fields, rules, specifications, chapters
 * and actors.
 */
final class ScalableWriter {
    static final String VERSION = "0.1";

    private final List<Object> elements = new ArrayList<>();
    private final List<Object> relationships = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> drawn = new HashSet<>();

    private ScalableWriter() {}

    static String write(List<Model> models) {
        ScalableWriter writer = new ScalableWriter();
        models.forEach(writer::things);
        models.forEach(model -> model.slices().forEach(slice -> writer.policies(model, slice)));
        models.forEach(writer::order);
        Map<String, Object> root = new LinkedHashMap<>();
        String name = String.join("-", models.stream().map(Model::context).toList());
        root.put("schemaVersion", VERSION);
        root.put("id", writer.id("document " + name, "model-" + name));
        root.put("name", name.isEmpty() ? "no contexts" : name);
        root.put("elements", writer.elements);
        root.put("relationships", writer.relationships);
        root.put("views", List.of());
        return ForeignJson.write(root);
    }

    /** Returns a unique id of a thing, made of allowed characters. */
    private String id(String key, String wish) {
        return ids.computeIfAbsent(key, k -> Titles.unique(wish.replaceAll("[^A-Za-z0-9._:-]", "-"), "-", taken));
    }

    private static String key(String type, String context, String name) {
        return type + " " + context + " " + name;
    }

    private Map<String, Object> add(String type, String context, String name, String about) {
        Map<String, Object> element = new LinkedHashMap<>();
        String key = key(type, context, name);
        element.put("id", id(key, type.replace(' ', '-') + ":" + context + ":" + name));
        element.put(
                "type",
                type.endsWith("event") ? "event" : type.equals("view") || type.equals("stream") ? "model" : type);
        element.put("name", name);
        if (!about.isEmpty()) {
            element.put("description", about);
        }
        elements.add(element);
        if (!type.equals("bounded_context")) {
            relate("belongs_to", key, key("bounded_context", context, context));
        }
        return element;
    }

    /** Adds an arrow once; none to unknown elements. */
    private void relate(String type, String from, String to) {
        String source = ids.get(from);
        String target = ids.get(to);
        if (source != null && target != null && drawn.add(type + " " + source + " " + target)) {
            Map<String, Object> relationship = new LinkedHashMap<>();
            relationship.put("id", "r" + (relationships.size() + 1));
            relationship.put("type", type);
            relationship.put("sourceId", source);
            relationship.put("targetId", target);
            relationships.add(relationship);
        }
    }

    private void things(Model model) {
        String context = model.context();
        add("bounded_context", context, context, model.about());
        for (Element element : model.elements()) {
            Map<String, Object> told = add(element.kind().word(), context, element.name(), element.about());
            switch (element.kind()) {
                case EVENT -> told.put("visibility", "private");
                case PUBLIC_EVENT -> told.put("visibility", "public");
                case VIEW -> state(told, "query", "non_authoritative");
                case COMMAND -> {}
            }
        }
        model.streams().values().forEach(stream -> {
            Map<String, Object> told = add("stream", context, stream.name(), stream.about());
            state(told, "command", "authoritative");
            if (!stream.by().isEmpty()) {
                told.put("partitionKeys", List.of(stream.by()));
            }
            add("consistency_boundary", context, stream.name(), "");
            relate(
                    "within_boundary",
                    key("stream", context, stream.name()),
                    key("consistency_boundary", context, stream.name()));
        });
        model.events()
                .values()
                .forEach(event -> relate(
                        "projects_into", key("event", context, event.name()), key("stream", context, event.stream())));
    }

    private static void state(Map<String, Object> model, String role, String authority) {
        model.put("roles", List.of(role));
        model.put("authority", authority);
        model.put("stateSource", "event_projection");
    }

    private static String key(Model model, Ref ref, Kind kind) {
        boolean foreign = !ref.context().isEmpty() && !ref.context().equals(model.context());
        return foreign
                ? key(Kind.PUBLIC_EVENT.word(), ref.context(), ref.element())
                : key(kind.word(), model.context(), ref.element());
    }

    private void policies(Model model, Slice slice) {
        String context = model.context();
        String commandHandler = key("command_handler", context, slice.name());
        String eventHandler = key("event_handler", context, slice.name());
        boolean reacts = (!slice.on().isEmpty() && slice.views().isEmpty())
                || !slice.dispatches().isEmpty()
                || !slice.publishes().isEmpty()
                || (slice.command() == null && !slice.events().isEmpty());
        if (reacts) {
            add("event_handler", context, slice.name(), slice.about());
            slice.on().forEach(event -> relate("handles", eventHandler, key(model, event, Kind.EVENT)));
            slice.dispatches()
                    .forEach(command -> relate("dispatches", eventHandler, key(model, command, Kind.COMMAND)));
            slice.publishes().forEach(event -> relate("emits", eventHandler, key(model, event, Kind.PUBLIC_EVENT)));
        }
        if (slice.gatekeeper() != null && slice.command() != null) {
            String gatekeeper = key("gatekeeper", context, slice.name());
            add("gatekeeper", context, slice.name(), slice.gatekeeper().about());
            relate("handles", gatekeeper, key(model, slice.command(), Kind.COMMAND));
            slice.gatekeeper().reads().forEach(view -> relate("reads", gatekeeper, key(model, view, Kind.VIEW)));
        }
        if (slice.command() != null) {
            add("command_handler", context, slice.name(), slice.about());
            String command = key(model, slice.command(), Kind.COMMAND);
            relate("handles", commandHandler, command);
            if (reacts && !slice.on().isEmpty()) {
                relate("dispatches", eventHandler, command);
            }
            Element found = model.commands().get(slice.command().element());
            String stream = found == null ? "" : found.stream();
            relate("reads", commandHandler, key("stream", context, stream));
            relate("updates", commandHandler, key("stream", context, stream));
            relate("within_boundary", commandHandler, key("consistency_boundary", context, stream));
            slice.events().forEach(event -> relate("causes", command, key(model, event, Kind.EVENT)));
        }
        slice.events()
                .forEach(event -> relate(
                        "emits",
                        slice.command() == null ? eventHandler : commandHandler,
                        key(model, event, Kind.EVENT)));
        if (!slice.views().isEmpty()) {
            add("query_handler", context, slice.name(), slice.about());
            for (Ref view : slice.views()) {
                relate("reads", key("query_handler", context, slice.name()), key(model, view, Kind.VIEW));
                slice.on()
                        .forEach(event ->
                                relate("projects_into", key(model, event, Kind.EVENT), key(model, view, Kind.VIEW)));
            }
            if (!slice.actor().isEmpty()) {
                add("query", context, slice.name(), slice.screen());
                relate("handles", key("query_handler", context, slice.name()), key("query", context, slice.name()));
            }
        }
    }

    /** Returns the events in the order of their first appearance in the story. */
    private void order(Model model) {
        Set<String> events = new LinkedHashSet<>();
        model.slices().forEach(slice -> slice.events().forEach(event -> events.add(key(model, event, Kind.EVENT))));
        String before = "";
        for (String event : events) {
            relate("precedes", before, event);
            before = event;
        }
    }
}
