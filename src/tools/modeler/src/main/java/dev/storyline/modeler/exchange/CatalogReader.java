package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.YamlReader;
import dev.storyline.modeler.exchange.Graph.Attribute;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the folder of an EventCatalog: its newest pages of domains, services, messages and flows, and the JSON Schemas of
 * messages. A context is a domain, or a service that belongs to none. Arrows are told by flows only. An event that a service
 * of another context receives is public.
 */
final class CatalogReader {
    private static final int DEEPEST = 24;
    private static final Map<String, Kind> MESSAGES =
            Map.of("events", Kind.EVENT, "commands", Kind.COMMAND, "queries", Kind.VIEW);
    private static final Set<String> KINDS = Set.of("domains", "subdomains", "services", "flows", "channels");

    /** A page: its folder, the kind of its parent folder, and its front matter. */
    private record CatalogPage(Path folder, String kind, Map<String, Object> told) {
        String text(String key) {
            Object value = told.get(key);
            return value == null || value instanceof List || value instanceof Map
                    ? ""
                    : String.valueOf(value).strip();
        }

        String title() {
            return text("name").isEmpty() ? text("id") : text("name");
        }

        List<Map<String, Object>> list(String key) {
            return maps(told.get(key));
        }
    }

    private final Path folder;
    private final Graph graph;
    private final Texts texts;
    private final Map<String, CatalogPage> pages = new LinkedHashMap<>();
    private final Map<String, String> contexts = new HashMap<>();
    private int fields;

    private CatalogReader(Path folder, String called) {
        this.folder = folder;
        graph = new Graph(called);
        texts = new Texts(called);
    }

    /** Returns whether a folder looks like a catalog. */
    static boolean isCatalog(Path folder) {
        return Files.exists(folder.resolve("eventcatalog.config.js"))
                || Stream.of("domains", "services", "events", "commands", "flows")
                        .anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    }

    /**
     * Reads a catalog.
     *
     * @throws ModelException if it has no pages of messages, or a page cannot be read
     */
    static Graph read(Path folder, String called) {
        CatalogReader reader = new CatalogReader(folder, called);
        reader.pages();
        reader.homes();
        reader.messages();
        reader.flows();
        reader.graph.slices();
        return reader.graph;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (item instanceof Map<?, ?> map) {
                maps.add((Map<String, Object>) map);
            } else {
                maps.add(Map.of("id", String.valueOf(item)));
            }
        }
        return maps;
    }

    private static String id(Map<String, Object> map) {
        return String.valueOf(map.getOrDefault("id", ""));
    }

    private void pages() {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
            files = walk.filter(file -> file.getFileName().toString().matches("index\\.mdx?"))
                    .filter(file -> !folder.relativize(file).toString().matches("(.*/)?(versioned|node_modules)/.*"))
                    .limit(Graph.MOST)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ModelException(
                    new SourceLocation(graph.called(), 0, 0), "The folder cannot be read: " + e.getMessage() + ".");
        }
        for (Path file : files) {
            Path parent = file.getParent();
            Path above = parent == null ? null : parent.getParent();
            String kind = above == null || above.getFileName() == null
                    ? ""
                    : above.getFileName().toString();
            if (parent != null && (MESSAGES.containsKey(kind) || KINDS.contains(kind))) {
                CatalogPage page = new CatalogPage(parent, kind, front(file));
                String id = page.text("id").isEmpty() ? parent.getFileName().toString() : page.text("id");
                if (pages.putIfAbsent(id, page) != null) {
                    graph.note("Several pages have one id; the first one was taken", id);
                }
            } else {
                graph.note("Pages of other kinds were passed over", kind);
            }
        }
        if (pages.values().stream().noneMatch(page -> MESSAGES.containsKey(page.kind()))) {
            throw new ModelException(
                    new SourceLocation(graph.called(), 0, 0),
                    "The folder has no pages of events, commands or queries, like events/OrderPlaced/index.mdx:"
                            + " it is no EventCatalog.");
        }
    }

    /** Returns the front matter of a page: the YAML between its first two lines of dashes. */
    private Map<String, Object> front(Path file) {
        String called = folder.relativize(file).toString();
        String[] parts = texts.read(file).split("(?m)^---\\s*$", 3);
        if (parts.length < 3 || !parts[0].isBlank()) {
            return Map.of();
        }
        YamlReader reading = new YamlReader(called);
        Node root = reading.root(parts[1], Texts.LARGEST);
        Map<String, Object> told = root == null ? Map.of() : reading.values(root, "The page");
        reading.end();
        return told;
    }

    /** Finds the context of each page: by the domain above it, by the lists of domains, and by those of services. */
    private void homes() {
        Map<String, String> services = new HashMap<>();
        pages.forEach((id, page) -> {
            if (page.kind().equals("domains")) {
                graph.contexts.add(Titles.context(page.title()));
                graph.abouts.put(Titles.context(page.title()), page.text("summary"));
                page.list("services")
                        .forEach(service -> services.putIfAbsent(id(service), Titles.context(page.title())));
            }
        });
        pages.forEach((id, page) -> {
            if (page.kind().equals("services")) {
                String domain = above(page, "domains");
                String context = !domain.isEmpty() ? domain : services.getOrDefault(id, Titles.context(page.title()));
                contexts.put(id, context);
                graph.contexts.add(context);
                graph.abouts.putIfAbsent(context, page.text("summary"));
            }
        });
        pages.forEach((id, page) -> {
            if (MESSAGES.containsKey(page.kind())) {
                String service = above(page, "services");
                String domain = above(page, "domains");
                String home = !domain.isEmpty() ? domain : service;
                contexts.put(id, home.isEmpty() ? owner(id, page) : home);
            }
        });
        graph.context = graph.contexts.stream().findFirst().orElse("imported");
        contexts.replaceAll((id, context) -> context.isEmpty() ? graph.context : context);
        graph.contexts.add(graph.context);
    }

    /** Returns the context of the nearest page of a kind above a page; empty if there is none. */
    private String above(CatalogPage page, String kind) {
        for (Map.Entry<String, CatalogPage> other : pages.entrySet()) {
            CatalogPage each = other.getValue();
            if (each.kind().equals(kind) && !each.equals(page) && page.folder().startsWith(each.folder())) {
                return kind.equals("services")
                        ? contexts.getOrDefault(other.getKey(), Titles.context(each.title()))
                        : Titles.context(each.title());
            }
        }
        return "";
    }

    /** Returns the context of the service that sends an event, or receives a command or a query. */
    private String owner(String id, CatalogPage message) {
        String key = message.kind().equals("events") ? "sends" : "receives";
        return pages.entrySet().stream()
                .filter(page -> page.getValue().kind().equals("services"))
                .filter(page -> page.getValue().list(key).stream().anyMatch(each -> id(each).equals(id)))
                .map(page -> contexts.getOrDefault(page.getKey(), ""))
                .findFirst()
                .orElse("");
    }

    private void messages() {
        Set<String> open = new HashSet<>();
        pages.forEach((id, page) -> {
            if (page.kind().equals("services")) {
                page.list("receives").stream()
                        .filter(each -> !contexts.getOrDefault(id(each), "").equals(contexts.get(id)))
                        .forEach(each -> open.add(id(each)));
            }
        });
        pages.forEach((id, page) -> {
            Kind kind = MESSAGES.get(page.kind());
            if (kind == null) {
                return;
            }
            boolean isPublic = kind == Kind.EVENT && (id.contains(".public-event.") || open.contains(id));
            Thing thing = graph.thing(kind, contexts.getOrDefault(id, ""), page.title(), isPublic, id);
            String channel = page.list("channels").stream()
                    .map(CatalogReader::id)
                    .map(each -> each.substring(each.lastIndexOf('.') + 1))
                    .findFirst()
                    .orElse("");
            thing.tell(page.text("summary"), "", kind == Kind.EVENT && !isPublic ? channel : "");
            String schema = page.text("schemaPath");
            Path file = page.folder()
                    .resolve(schema.isEmpty() ? "schema.json" : schema)
                    .normalize();
            if (file.startsWith(folder.normalize()) && Files.isRegularFile(file)) {
                if (schema.isEmpty() || schema.endsWith(".json")) {
                    JsonNode root = ForeignJson.read(
                            texts.read(file), folder.relativize(file).toString());
                    properties(root, root, new HashSet<>()).forEach(field -> graph.field(thing, field));
                } else {
                    graph.note("Only JSON Schemas are read", thing.name);
                }
            }
        });
    }

    private List<Attribute> properties(JsonNode root, JsonNode schema, Set<String> within) {
        List<Attribute> attributes = new ArrayList<>();
        Set<String> required = new HashSet<>();
        ForeignJson.items(schema, "required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(entry -> {
            if (++fields > Graph.MOST) {
                throw new ModelException(
                        new SourceLocation(graph.called(), 0, 0),
                        "The schemas of the catalog have more than " + Graph.MOST + " fields. Read a part of it.");
            }
            attributes.add(
                    property(root, entry.getKey(), entry.getValue(), !required.contains(entry.getKey()), within));
        });
        return attributes;
    }

    private Attribute property(JsonNode root, String name, JsonNode told, boolean optional, Set<String> within) {
        boolean many = ForeignJson.text(told, "type").equals("array");
        JsonNode one = many ? told.path("items") : told;
        String ref = ForeignJson.text(one, "$ref");
        Set<String> inside = new HashSet<>(within);
        boolean again = !ref.isEmpty() && !inside.add(ref);
        JsonNode type = ref.startsWith("#/") ? root.at(ref.substring(1)) : one;
        List<Attribute> parts = again ? List.of() : properties(root, type, inside);
        List<String> words = new ArrayList<>();
        type.path("enum").forEach(word -> words.add(word.asText()));
        String format = ForeignJson.text(type, "format");
        String word = ForeignJson.text(type, "type");
        String basic = format.isEmpty() ? GraphFields.basic(word.isEmpty() ? "json" : word) : GraphFields.basic(format);
        return new Attribute(
                Titles.plain(name, "field"),
                again ? "json" : basic,
                many,
                optional,
                false,
                "",
                told.path("examples").path(0).asText(""),
                "",
                ForeignJson.text(told, "description"),
                parts,
                words);
    }

    private void flows() {
        pages.forEach((id, page) -> {
            if (page.kind().equals("flows")) {
                flow(page);
            }
        });
    }

    private void flow(CatalogPage page) {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        page.list("steps").forEach(step -> steps.putIfAbsent(id(step), step));
        boolean slice = page.list("badges").stream().anyMatch(badge -> EventCatalog.SLICE.equals(badge.get("content")));
        Part part = slice ? graph.part("", page.title()) : null;
        steps.values().forEach(step -> {
            Thing thing = message(step);
            if (part != null && thing != null) {
                part.things.add(thing);
                part.context = part.context.isEmpty() && !thing.isPublic ? thing.context : part.context;
            }
            if (part != null && step.get("actor") instanceof Map<?, ?> actor) {
                part.actors.add(String.valueOf(actor.get("name")));
            }
            if (thing != null) {
                next(steps, step, new LinkedHashSet<>()).forEach(target -> {
                    if (!thing.equals(target)) {
                        graph.arrow(thing, target);
                    }
                });
            }
        });
        if (part != null) {
            part.about = page.text("summary");
        }
    }

    private @Nullable Thing message(Map<String, Object> step) {
        return maps(step.get("message")).stream()
                .map(message -> graph.byId(id(message)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the next messages, by way of actors, services and systems, each step once. */
    private Set<Thing> next(Map<String, Map<String, Object>> steps, Map<String, Object> step, Set<String> seen) {
        Set<Thing> found = new LinkedHashSet<>();
        List<Map<String, Object>> next = new ArrayList<>(maps(step.get("next_step")));
        next.addAll(maps(step.get("next_steps")));
        for (Map<String, Object> each : next) {
            Map<String, Object> target = steps.get(id(each));
            if (target != null && seen.add(id(each))) {
                Thing thing = message(target);
                if (thing != null) {
                    found.add(thing);
                } else {
                    found.addAll(next(steps, target, seen));
                }
            }
        }
        return found;
    }
}
