package dev.storyline.modeler.exchange;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes models as an EventCatalog: a domain with a service for each context, events, commands and queries with a JSON
 * Schema each, and a channel for each stream and for the public events of each context.
 */
final class EventCatalog {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** The badge of a flow that is a slice. */
    static final String SLICE = "slice";

    private final Model model;
    private final Map<String, String> files;
    private final String folder;

    private EventCatalog(Model model, Map<String, String> files) {
        this.model = model;
        this.files = files;
        folder = "domains/" + model.context() + "/";
    }

    /** Returns the files by their path in the catalog. */
    static Map<String, String> write(List<Model> models) {
        Map<String, String> files = new TreeMap<>();
        models.forEach(model -> new EventCatalog(model, files).context());
        return files;
    }

    private void context() {
        String service = model.context() + "-service";
        Map<String, Object> domain = head(model.context(), model.context(), "1.0.0", model.about());
        domain.put("services", List.of(Map.of("id", service)));
        page(folder, domain);
        Map<String, Object> parts = head(service, model.context(), "1.0.0", model.about());
        parts.put("sends", messages(true));
        parts.put("receives", messages(false));
        page(folder + "services/" + service + "/", parts);
        model.streams().values().forEach(stream -> channel(stream.name(), stream.about()));
        if (!model.publicEvents().isEmpty()) {
            channel("public", "What " + model.context() + " promises to others.");
        }
        for (Element element : model.elements()) {
            message(element, service);
        }
        model.slices().forEach(this::flow);
    }

    /** Writes a flow for a slice: from what sets it off to its command, from there to its events, or to its views. */
    private void flow(Slice slice) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        slice.on().forEach(ref -> before.add(id(ref, ref.context().isEmpty() ? Kind.EVENT : Kind.PUBLIC_EVENT)));
        slice.events().forEach(ref -> after.add(id(ref, Kind.EVENT)));
        slice.publishes().forEach(ref -> after.add(id(ref, Kind.PUBLIC_EVENT)));
        slice.dispatches().forEach(ref -> after.add(id(ref, Kind.COMMAND)));
        List<String> middle = new ArrayList<>();
        if (slice.command() != null) {
            middle.add(id(slice.command(), Kind.COMMAND));
        }
        slice.views().forEach(ref -> middle.add(id(ref, Kind.VIEW)));
        List<Object> steps = new ArrayList<>();
        for (String actor : slice.actors()) {
            Map<String, Object> step = step("actor " + actor, middle);
            step.put("actor", Map.of("name", actor));
            steps.add(step);
        }
        before.forEach(id -> steps.add(message(id, middle.isEmpty() ? after : middle)));
        middle.forEach(id -> steps.add(message(id, after)));
        after.forEach(id -> steps.add(message(id, List.of())));
        String id = model.context() + "." + slice.name();
        Map<String, Object> flow = head(id, slice.name(), "1.0.0", slice.about());
        flow.put("badges", List.of(Map.of("content", SLICE)));
        flow.put("steps", steps);
        page(folder + "flows/" + id + "/", flow);
    }

    private static Map<String, Object> message(String id, List<String> next) {
        Map<String, Object> step = step(id, next);
        step.put("message", Map.of("id", id));
        return step;
    }

    private static Map<String, Object> step(String id, List<String> next) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("id", id);
        step.put("title", id.substring(id.lastIndexOf('.') + 1));
        if (!next.isEmpty()) {
            step.put("next_steps", next.stream().map(each -> Map.of("id", each)).toList());
        }
        return step;
    }

    private void channel(String name, String about) {
        String id = model.context() + "." + name;
        Map<String, Object> parts = head(id, name, "1.0.0", about);
        parts.put("address", id);
        page(folder + "channels/" + id + "/", parts);
    }

    private static String id(String context, Kind kind, String name) {
        return context + "." + kind.word().replace(' ', '-') + "." + name;
    }

    private static String section(Kind kind) {
        return switch (kind) {
            case EVENT, PUBLIC_EVENT -> "events";
            case COMMAND -> "commands";
            case VIEW -> "queries";
        };
    }

    private static Map<String, Object> head(String id, String name, String version, String about) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("id", id);
        parts.put("name", name);
        parts.put("version", version);
        if (!about.isEmpty()) {
            parts.put("summary", about);
        }
        return parts;
    }

    private List<Object> messages(boolean sends) {
        Set<String> ids = new LinkedHashSet<>();
        for (Slice slice : model.slices()) {
            if (sends) {
                slice.events().forEach(ref -> ids.add(id(ref, Kind.EVENT)));
                slice.publishes().forEach(ref -> ids.add(id(ref, Kind.PUBLIC_EVENT)));
                slice.dispatches().forEach(ref -> ids.add(id(ref, Kind.COMMAND)));
            } else {
                slice.on().forEach(ref -> ids.add(id(ref, ref.context().isEmpty() ? Kind.EVENT : Kind.PUBLIC_EVENT)));
                slice.views().forEach(ref -> ids.add(id(ref, Kind.VIEW)));
                if (slice.command() != null) {
                    ids.add(id(slice.command(), Kind.COMMAND));
                }
            }
        }
        List<Object> messages = new ArrayList<>();
        ids.forEach(id -> messages.add(Map.of("id", id)));
        return messages;
    }

    private String id(Ref ref, Kind kind) {
        return id(ref.context().isEmpty() ? model.context() : ref.context(), kind, ref.element());
    }

    private void message(Element element, String service) {
        String id = id(model.context(), element.kind(), element.name());
        String place = folder + "services/" + service + "/" + section(element.kind()) + "/" + id + "/";
        Map<String, Object> parts = head(id, Titles.words(element.name()), element.version() + ".0.0", element.about());
        parts.put("schemaPath", "schema.json");
        String channel =
                element.kind() == Kind.PUBLIC_EVENT ? "public" : element.kind() == Kind.EVENT ? element.stream() : "";
        if (!channel.isEmpty()) {
            parts.put("channels", List.of(Map.of("id", model.context() + "." + channel)));
        }
        page(place, parts);
        files.put(place + "schema.json", ForeignJson.write(schema(element)));
    }

    /** Returns a page. The front matter is JSON, which is valid YAML and quotes all texts. */
    private void page(String place, Map<String, Object> parts) {
        StringBuilder page = new StringBuilder("---\n");
        parts.forEach((key, value) ->
                page.append(key).append(": ").append(ForeignJson.line(value)).append('\n'));
        files.put(place + "index.mdx", page.append("---\n\n<NodeGraph />\n").toString());
    }

    private Map<String, Object> schema(Element element) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", element.name());
        if (!element.about().isEmpty()) {
            schema.put("description", element.about());
        }
        Map<String, Object> named = new TreeMap<>();
        schema.putAll(object(element.fields(), named));
        if (!named.isEmpty()) {
            schema.put("$defs", named);
        }
        return schema;
    }

    private Map<String, Object> object(List<Field> fields, Map<String, Object> named) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : fields) {
            Map<String, Object> type = type(field.type(), named);
            Map<String, Object> property = new LinkedHashMap<>();
            if (field.many()) {
                property.put("type", "array");
                property.put("items", type);
            } else {
                property.putAll(type);
            }
            if (!field.about().isEmpty()) {
                property.put("description", field.about());
            }
            properties.put(field.name(), property);
            if (!field.optional()) {
                required.add(field.name());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        return object;
    }

    private Map<String, Object> type(String name, Map<String, Object> named) {
        Map<String, Object> type = new LinkedHashMap<>();
        Type ours = model.types().get(name);
        if (ours == null && !model.views().containsKey(name)) {
            basic(name, type);
            return type;
        }
        if (!named.containsKey(name)) {
            Map<String, Object> told = new LinkedHashMap<>();
            // Added before its fields, because a type may contain itself.
            named.put(name, told);
            List<Field> fields = Landscape.fieldsOf(model, name);
            if (!fields.isEmpty()) {
                told.putAll(object(fields, named));
            } else if (ours != null) {
                basic(ours.base(), told);
                if (!ours.values().isEmpty()) {
                    told.put("enum", ours.values());
                }
            }
        }
        type.put("$ref", "#/$defs/" + name);
        return type;
    }

    private static void basic(String name, Map<String, Object> type) {
        switch (name) {
            case "json", "" -> {}
            case "integer", "boolean" -> type.put("type", name);
            case "decimal" -> type.put("type", "number");
            default -> {
                type.put("type", "string");
                String format = switch (name) {
                    case "instant" -> "date-time";
                    case "date", "duration", "uuid" -> name;
                    default -> "";
                };
                if (!format.isEmpty()) {
                    type.put("format", format);
                }
            }
        }
    }
}
