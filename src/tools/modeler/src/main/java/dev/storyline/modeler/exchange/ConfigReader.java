package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import dev.storyline.modeler.exchange.ConfigGraph.Kind;
import dev.storyline.modeler.exchange.ConfigGraph.Part;
import dev.storyline.modeler.exchange.ConfigGraph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the config.json of Event Modelers, published as event-modeling-spec. Real files are incomplete and
 * redundant: the reader infers missing parts, merges copies, and reports everything else as a warning.
 */
public final class ConfigReader {
    private final List<String> warnings = new ArrayList<>();
    private final ConfigGraph graph;
    private final ConfigFields fields = new ConfigFields(warnings);
    private final Map<Thing, Map<String, Object>> elements = new LinkedHashMap<>();
    private final Map<String, Object> actors = new LinkedHashMap<>();
    private final Map<String, Object> streams = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final String context;

    private ConfigReader(JsonNode root, String context) {
        graph = new ConfigGraph(root, warnings);
        String kept = ForeignJson.text(root.findPath(ConfigWriter.KEPT), "context");
        this.context = !context.isEmpty() ? context : kept.isEmpty() ? context(root) : kept;
    }

    /**
     * Reads a file.
     *
     * @param root the file
     * @param context the name of the context; empty for the name in the file
     */
    static Imported read(JsonNode root, String context) {
        ConfigReader reader = new ConfigReader(root, context);
        Map<String, Object> told = reader.tree(root);
        reader.graph.summarise();
        return new Imported(List.of(withWhatWasKept(root, told, reader.warnings)), reader.warnings);
    }

    /**
     * Merges the model that this program stored in the file with the visible content. Unchanged parts come from the stored
     * model; changed parts come from the file.
     */
    private static Model withWhatWasKept(JsonNode root, Map<String, Object> told, List<String> warnings) {
        Model now = made(told);
        JsonNode kept = root.findPath(ConfigWriter.KEPT);
        if (!kept.isObject()) {
            return now;
        }
        try {
            Model then = made(kept);
            JsonNode written = ForeignJson.read(ConfigWriter.write(then), "");
            Map<String, Object> thenTold = new ConfigReader(written, then.context()).tree(written);
            return made(Merge.of(ModelWriter.tree(now), ModelWriter.tree(made(thenTold)), ModelWriter.tree(then)));
        } catch (ModelException e) {
            warnings.add("What Storyline had kept in the file cannot be read any more: "
                    + e.troubles().getFirst().sentence());
            return now;
        }
    }

    private static Model made(Object tree) {
        return ModelReader.read(ForeignJson.write(tree), "the imported model");
    }

    private String context(JsonNode root) {
        String title = ForeignJson.text(root, "context");
        if (title.isEmpty()) {
            title = graph.named().stream()
                    .flatMap(thing -> thing.told.stream())
                    .map(told -> ForeignJson.text(told, "modelContext"))
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        if (title.isEmpty()) {
            title = graph.parts.stream()
                    .map(part -> ForeignJson.text(part.told(), "context"))
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return Titles.context(title);
    }

    private Map<String, Object> tree(JsonNode root) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("context", context);
        for (JsonNode actor : ForeignJson.items(root, "actors")) {
            actor(actor);
        }
        for (JsonNode aggregate : ForeignJson.items(root, "aggregates")) {
            String about = ForeignJson.items(aggregate, "fields").stream()
                    .map(ConfigFields::name)
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            stream(
                    aggregate.isTextual() ? aggregate.asText() : ForeignJson.text(aggregate, "title"),
                    about.isEmpty() ? "" : "Its fields: " + about + ".");
        }
        graph.named().forEach(thing -> elements.put(thing, element(thing)));
        List<Object> story = story();
        model.put("actors", actors);
        model.put("streams", streams);
        model.put("types", fields.types);
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        elements.forEach((thing, element) -> {
            if (!foreign(thing)) {
                String section = thing.isPublic ? "public-events" : section(thing.kind);
                sections.computeIfAbsent(section, key -> new LinkedHashMap<>()).put(thing.name, element);
            }
        });
        model.putAll(sections);
        model.put("story", story);
        return model;
    }

    private static String section(Kind kind) {
        return kind == Kind.COMMAND ? "commands" : kind == Kind.EVENT ? "events" : "views";
    }

    private String actor(JsonNode actor) {
        String title =
                actor.isTextual() ? actor.asText() : ForeignJson.text(actor, "name") + ForeignJson.text(actor, "title");
        String name = Titles.plain(title, "");
        if (!name.isEmpty()) {
            actors.putIfAbsent(name, Map.of());
        }
        return name;
    }

    private String stream(String title, String about) {
        String name = title.isEmpty() ? "" : Titles.slice(title, "stream");
        if (!name.isEmpty()) {
            streams.putIfAbsent(name, about.isEmpty() ? Map.of() : about);
        }
        return name;
    }

    private Map<String, Object> element(Thing thing) {
        Map<String, Object> parts = new LinkedHashMap<>();
        String about = "";
        String owner = "";
        String stream = "";
        for (JsonNode told : thing.told) {
            about = first(about, ForeignJson.text(told, "description"));
            boolean external = ForeignJson.text(told, "context").equalsIgnoreCase("EXTERNAL");
            owner = first(owner, first(ForeignJson.text(told, "service"), external ? ConfigWriter.EXTERNAL : ""));
            stream = first(stream, ForeignJson.text(told, "aggregate"));
        }
        if (thing.kind != Kind.READMODEL && !thing.isPublic && !foreign(thing)) {
            ConfigFields.put(parts, "stream", stream(stream, ""));
        }
        ConfigFields.put(parts, "about", about);
        ConfigFields.put(parts, "owner", owner);
        parts.put("fields", fields.of(thing));
        return parts;
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** Returns whether this program marked the event as public event of another context. */
    private boolean foreign(Thing thing) {
        return thing.isPublic && !home(thing).equals(context);
    }

    private String home(Thing thing) {
        return thing.told.stream()
                .map(told -> ForeignJson.text(told, "modelContext"))
                .filter(each -> !each.isEmpty())
                .map(Titles::context)
                .findFirst()
                .orElse(context);
    }

    private String ref(Thing thing) {
        return foreign(thing) ? home(thing) + "." + thing.name : thing.name;
    }

    private List<String> refs(Set<Thing> things) {
        return things.stream().map(this::ref).distinct().toList();
    }

    private List<Object> story() {
        List<Object> chapters = new ArrayList<>();
        String before = "";
        List<Object> slices = new ArrayList<>();
        for (Part part : graph.parts) {
            if (ForeignJson.text(part.told(), "id").equals(ConfigWriter.UNPLACED)) {
                continue;
            }
            String chapter = Titles.line(
                    first(
                            first(ForeignJson.text(part.told(), "chapter"), ForeignJson.text(part.told(), "context")),
                            "Story"),
                    200);
            if (!chapter.equals(before) || chapters.isEmpty()) {
                slices = new ArrayList<>();
                chapters.add(new LinkedHashMap<>(Map.of("chapter", chapter, "slices", slices)));
                before = chapter;
            }
            slices.addAll(slices(part));
        }
        List<Object> named = new ArrayList<>();
        graph.named().stream().filter(thing -> thing.told.isEmpty()).forEach(thing -> add(named, onlyNamed(thing)));
        if (!named.isEmpty()) {
            Map<String, Object> chapter = new LinkedHashMap<>();
            chapter.put("chapter", "Only named");
            chapter.put("about", "What arrows of the imported file lead to, and no slice of it has.");
            chapter.put("slices", named);
            chapters.add(chapter);
        }
        return chapters;
    }

    /** Adds a slice for a view or a command that only arrows name, so that no arrow is lost. */
    private Object onlyNamed(Thing thing) {
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("slice", Titles.unique(Titles.slice(thing.name, "slice"), "-", names));
        slice.put("on", refs(new LinkedHashSet<>(thing.from(Kind.EVENT))));
        if (thing.kind == Kind.EVENT) {
            return "";
        }
        slice.put(thing.kind == Kind.COMMAND ? "command" : "view", thing.name);
        slice.put("events", refs(new LinkedHashSet<>(thing.to(Kind.EVENT))));
        return slice;
    }

    /** Adds one slice, and one more for each further command. */
    private List<Object> slices(Part part) {
        List<Object> slices = new ArrayList<>();
        String title = ForeignJson.text(part.told(), "title");
        String name = Titles.unique(Titles.slice(title, "slice"), "-", names);
        List<Thing> commands = part.all(Kind.COMMAND);
        slices.add(new ConfigSlice(part, name, commands.isEmpty() ? null : commands.getFirst()).parts());
        for (Thing command : commands.subList(Math.min(1, commands.size()), commands.size())) {
            warnings.add(
                    "The slice '" + title + "' has several commands; '" + command.name + "' got a slice of its own.");
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("slice", Titles.unique(Titles.slice(command.name, "slice"), "-", names));
            more.put("command", command.name);
            more.put("events", refs(new LinkedHashSet<>(command.to(Kind.EVENT))));
            slices.add(more);
        }
        return slices;
    }

    /** One slice of the file during the conversion. */
    private final class ConfigSlice {
        private final Part part;
        private final String name;
        private final @Nullable Thing command;
        private final Map<String, Object> rules = new LinkedHashMap<>();

        ConfigSlice(Part part, String name, @Nullable Thing command) {
            this.part = part;
            this.name = name;
            this.command = command;
        }

        Map<String, Object> parts() {
            List<Thing> processors = part.all(Kind.AUTOMATION);
            List<Thing> views = part.all(Kind.READMODEL);
            ConfigSpecifications specifications = new ConfigSpecifications(
                    name,
                    graph,
                    fields,
                    thing -> elements.computeIfAbsent(thing, ConfigReader.this::element),
                    ConfigReader.this::ref,
                    rules,
                    warnings);
            Map<String, Object> slice = new LinkedHashMap<>();
            slice.put("slice", name);
            ConfigFields.put(slice, "pattern", pattern());
            List<String> users = ForeignJson.items(part.told(), "actors").stream()
                    .map(ConfigReader.this::actor)
                    .filter(each -> !each.isEmpty())
                    .toList();
            if (!users.isEmpty()) {
                slice.put("actor", users);
            }
            ConfigFields.put(slice, "screen", screen(users));
            ConfigFields.put(
                    slice,
                    "processor",
                    String.join(
                            " and ",
                            processors.stream()
                                    .map(each -> first(each.name, "processor"))
                                    .toList()));
            if (command != null) {
                slice.put("command", command.name);
            }
            Flow flow = flow(processors, views);
            slice.put("on", refs(flow.on));
            if (!flow.reads.isEmpty()) {
                String who = processors.isEmpty()
                        ? "Asks before it lets the command pass."
                        : "The processor works from this view.";
                slice.put("gatekeeper", Map.of("reads", refs(flow.reads), "about", who));
            }
            slice.put("events", names(flow.events, false));
            slice.put("publishes", names(flow.events, true));
            slice.put("dispatches", refs(flow.dispatches));
            slice.put("view", refs(new LinkedHashSet<>(views)));
            slice.put("rules", rules);
            slice.put("specifications", specifications.of(part.told()));
            ConfigFields.put(slice, "about", about());
            return slice;
        }

        /** What arrows lead to and from a slice: views that it reads, events before and after it, commands that it sends. */
        private record Flow(Set<Thing> reads, Set<Thing> on, Set<Thing> events, Set<Thing> dispatches) {}

        private Flow flow(List<Thing> processors, List<Thing> views) {
            Set<Thing> reads = new LinkedHashSet<>(command == null ? List.of() : command.from(Kind.READMODEL));
            Set<Thing> on = new LinkedHashSet<>(command == null ? List.of() : command.from(Kind.EVENT));
            Set<Thing> events = new LinkedHashSet<>(command == null ? List.of() : command.to(Kind.EVENT));
            Set<Thing> dispatches = new LinkedHashSet<>();
            for (Thing processor : processors) {
                reads.addAll(processor.from(Kind.READMODEL));
                on.addAll(processor.from(Kind.EVENT));
                events.addAll(processor.to(Kind.EVENT));
                dispatches.addAll(processor.to(Kind.COMMAND));
            }
            views.forEach(view -> on.addAll(view.from(Kind.EVENT)));
            part.all(Kind.COMMAND).forEach(dispatches::remove);
            for (Thing event : part.all(Kind.EVENT)) {
                boolean others = part.all(Kind.COMMAND).stream()
                        .anyMatch(each -> each != command && each.to(Kind.EVENT).contains(event));
                if (!on.contains(event) && !others) {
                    boolean shown = command == null && !(views.isEmpty() && processors.isEmpty());
                    (shown && event.from(Kind.COMMAND).size() > 0 ? on : events).add(event);
                }
            }
            return new Flow(reads, on, events, dispatches);
        }

        private static List<String> names(Set<Thing> events, boolean isPublic) {
            return events.stream()
                    .filter(each -> each.isPublic == isPublic)
                    .map(each -> each.name)
                    .toList();
        }

        private String pattern() {
            return switch (ForeignJson.text(part.told(), "sliceType")) {
                case "STATE_CHANGE" -> "state change";
                case "STATE_VIEW" -> "state view";
                case "AUTOMATION" -> "automation";
                case "TRANSLATION" -> "translation";
                default -> {
                    boolean works = !part.all(Kind.AUTOMATION).isEmpty();
                    yield works
                            ? "automation"
                            : command != null
                                    ? "state change"
                                    : part.all(Kind.READMODEL).isEmpty() ? "" : "state view";
                }
            };
        }

        /** Converts screens: further users, shown elements of other slices, and fields that only screens have. */
        private String screen(List<String> users) {
            List<String> notes = new ArrayList<>();
            for (Thing screen : part.all(Kind.SCREEN)) {
                List<String> words = new ArrayList<>();
                words.add(first(screen.name, "screen"));
                screen.from(Kind.READMODEL).stream()
                        .filter(view -> !part.all(Kind.READMODEL).contains(view))
                        .forEach(view -> words.add("shows " + view.name));
                screen.to(Kind.COMMAND).stream()
                        .filter(other -> !part.all(Kind.COMMAND).contains(other))
                        .forEach(other -> words.add("leads to " + other.name));
                own(screen).forEach(field -> words.add("has " + field));
                notes.add(String.join("; ", words));
            }
            users.stream().skip(1).forEach(user -> notes.add("also for " + user));
            return String.join(" / ", notes);
        }

        /** Returns the fields of a screen or a processor that neither the command nor a view of the slice has. */
        private List<String> own(Thing thing) {
            Set<String> own = names(thing);
            part.all(Kind.READMODEL).forEach(view -> own.removeAll(names(view)));
            part.all(Kind.COMMAND).forEach(each -> own.removeAll(names(each)));
            return List.copyOf(own);
        }

        private static Set<String> names(Thing thing) {
            Set<String> names = new LinkedHashSet<>();
            thing.told.forEach(
                    told -> ForeignJson.items(told, "fields").forEach(field -> names.add(ConfigFields.name(field))));
            return names;
        }

        private String about() {
            List<String> notes = new ArrayList<>();
            for (Thing processor : part.all(Kind.AUTOMATION)) {
                processor.told.forEach(told -> ConfigReader.add(notes, ForeignJson.text(told, "description")));
                own(processor).forEach(field -> notes.add("The processor has " + field + "."));
            }
            for (JsonNode table : ForeignJson.items(part.told(), "tables")) {
                List<String> columns = ForeignJson.items(table, "fields").stream()
                        .map(ConfigFields::name)
                        .toList();
                notes.add("Table " + ForeignJson.text(table, "title") + ": " + String.join(", ", columns) + ".");
            }
            for (JsonNode specification : ForeignJson.items(part.told(), "specifications")) {
                for (JsonNode comment : ForeignJson.items(specification, "comments")) {
                    String says = comment.isTextual() ? comment.asText() : ForeignJson.text(comment, "description");
                    ConfigReader.add(
                            notes,
                            says.isBlank() ? "" : ForeignJson.text(specification, "title") + ": " + says.strip());
                }
            }
            return String.join(" ", notes);
        }
    }

    private static void add(List<? super String> notes, String note) {
        if (!note.isBlank()) {
            notes.add(note.strip());
        }
    }

    private static void add(List<Object> slices, Object slice) {
        if (!slice.equals("")) {
            slices.add(slice);
        }
    }
}
