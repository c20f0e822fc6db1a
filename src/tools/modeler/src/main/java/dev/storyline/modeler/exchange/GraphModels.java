package dev.storyline.modeler.exchange;

import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Scenario;
import dev.storyline.modeler.exchange.Graph.Step;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns a graph into models, one for each context. Adds nothing that the graph does not tell. */
final class GraphModels {
    private final Graph graph;
    private final String context;
    private final GraphFields fields;
    private final Map<String, Object> actors = new LinkedHashMap<>();
    private final Map<String, Object> streams = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    private GraphModels(Graph graph, String context) {
        this.graph = graph;
        this.context = context;
        fields = new GraphFields(graph, this::ref);
    }

    /**
     * Returns the models of a graph.
     *
     * @param wished the name of the context, or which of several is meant; empty if the file decides
     */
    static Imported of(Graph graph, String wished) {
        boolean several = graph.contexts.size() > 1;
        graph.context = wished.isEmpty() || several ? Titles.context(graph.context) : wished;
        Set<String> contexts = several ? graph.contexts : Set.of(graph.context);
        List<Model> models = new ArrayList<>();
        for (String each : contexts) {
            if (!several || wished.isEmpty() || each.equals(wished)) {
                models.add(ModelReader.read(
                        ForeignJson.write(new GraphModels(graph, each).model()), SourceLocation.IMPORTED));
            }
        }
        if (models.isEmpty()) {
            graph.note("The file has no such context", wished);
        }
        return new Imported(models, graph.notes());
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("context", context);
        put(model, "about", graph.abouts.getOrDefault(context, ""));
        if (graph.contexts.size() < 2) {
            graph.actors.forEach(this::actor);
        }
        streams.putAll(graph.streams.getOrDefault(graph.contexts.size() < 2 ? "" : context, Map.of()));
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        for (Thing thing : graph.named()) {
            if (home(thing).equals(context)) {
                sections.computeIfAbsent(section(thing), key -> new LinkedHashMap<>())
                        .put(thing.name, element(thing));
            }
        }
        List<Object> story = story();
        model.put("actors", actors);
        model.put("streams", streams);
        model.put("types", fields.types);
        model.putAll(sections);
        model.put("story", story);
        return model;
    }

    private static String section(Thing thing) {
        return switch (thing.kind) {
            case COMMAND -> "commands";
            case EVENT -> thing.isPublic ? "public-events" : "events";
            case VIEW, SCREEN, PROCESSOR -> "views";
        };
    }

    static void put(Map<String, Object> parts, String key, String text) {
        if (!text.isBlank()) {
            parts.put(key, text.strip());
        }
    }

    private String home(Thing thing) {
        return graph.home(thing);
    }

    private String ref(Thing thing) {
        return home(thing).equals(context) ? thing.name : home(thing) + "." + thing.name;
    }

    private List<String> refs(Iterable<Thing> things) {
        Set<String> refs = new LinkedHashSet<>();
        things.forEach(thing -> refs.add(ref(thing)));
        return List.copyOf(refs);
    }

    private String actor(String title) {
        String name = Titles.plain(title, "");
        if (!name.isEmpty()) {
            actors.putIfAbsent(name, Map.of());
        }
        return name;
    }

    private Map<String, Object> element(Thing thing) {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (!thing.stream.isEmpty() && thing.kind != Kind.VIEW && !thing.isPublic) {
            String stream = Titles.slice(thing.stream, "stream");
            streams.putIfAbsent(stream, Map.of());
            parts.put("stream", stream);
        }
        put(parts, "about", thing.about);
        put(parts, "owner", thing.owner);
        thing.notes.into(parts);
        put(parts, "id", thing.id);
        parts.put("fields", fields.of(thing));
        return parts;
    }

    private List<Object> story() {
        List<Object> chapters = new ArrayList<>();
        Map<String, List<Object>> slices = new LinkedHashMap<>();
        for (Part part : graph.parts) {
            if (!(part.context.isEmpty() ? graph.context : part.context).equals(context)) {
                continue;
            }
            if (isCopy(part)) {
                graph.note("Columns that only show again what other slices record are no slices", part.title);
                continue;
            }
            String chapter = Titles.line(part.chapter.isEmpty() ? "Story" : part.chapter, 200);
            slices.computeIfAbsent(chapter, name -> {
                        Map<String, Object> added = new LinkedHashMap<>();
                        List<Object> own = new ArrayList<>();
                        added.put("chapter", name);
                        added.put("slices", own);
                        chapters.add(added);
                        return own;
                    })
                    .addAll(slices(part));
        }
        return chapters;
    }

    /** Returns whether a column holds only events that commands of other columns record. */
    private static boolean isCopy(Part part) {
        return !part.things.isEmpty()
                && part.scenarios.isEmpty()
                && part.things.stream()
                        .allMatch(thing -> thing.kind == Kind.EVENT
                                && !thing.from(Kind.COMMAND).isEmpty());
    }

    /** Returns one slice, and one more for each further command. */
    private List<Object> slices(Part part) {
        List<Object> slices = new ArrayList<>();
        List<Thing> commands = part.all(Kind.COMMAND);
        List<Thing> more = commands.subList(Math.min(1, commands.size()), commands.size());
        String name = Titles.unique(Titles.slice(part.title, "slice"), "-", names);
        slices.add(new Slicing(part, name, commands.isEmpty() ? null : commands.getFirst())
                .parts(scenario -> more.stream().noneMatch(command -> tries(scenario, command))));
        for (Thing command : more) {
            graph.note("A slice handles one command; further ones got slices of their own", command.name);
            Map<String, Object> slice = new LinkedHashMap<>();
            Map<String, Object> rules = new LinkedHashMap<>();
            slice.put("slice", Titles.unique(Titles.slice(command.name, "slice"), "-", names));
            slice.put("pattern", "state change");
            slice.put("command", command.name);
            slice.put("rules", rules);
            slice.put("events", refs(command.to(Kind.EVENT)));
            slice.put("specifications", specifications(part, rules, scenario -> tries(scenario, command)));
            slices.add(slice);
        }
        return slices;
    }

    private static boolean tries(Scenario scenario, Thing command) {
        return scenario.when().stream().anyMatch(step -> command.equals(step.thing()));
    }

    /** One slice of the file during the conversion. */
    private final class Slicing {
        private final Part part;
        private final String name;
        private final @Nullable Thing command;
        private final List<Thing> processors;
        private final List<Thing> views;

        Slicing(Part part, String name, @Nullable Thing command) {
            this.part = part;
            this.name = name;
            this.command = command;
            processors = part.all(Kind.PROCESSOR);
            views = part.all(Kind.VIEW);
        }

        Map<String, Object> parts(Predicate<Scenario> ours) {
            Map<String, Object> rules = new LinkedHashMap<>();
            part.rules.forEach((rule, says) -> rules.put(rule, says.isEmpty() ? Map.of() : says));
            Map<String, Object> slice = new LinkedHashMap<>();
            slice.put("slice", name);
            put(slice, "status", part.status);
            put(slice, "pattern", pattern());
            Set<String> users = new LinkedHashSet<>(part.actors);
            part.all(Kind.SCREEN).forEach(screen -> users.add(screen.actor));
            List<String> known = users.stream()
                    .map(GraphModels.this::actor)
                    .filter(each -> !each.isEmpty())
                    .toList();
            if (!known.isEmpty()) {
                slice.put("actor", known);
            }
            slice.put("screen", screens());
            List<Thing> named =
                    processors.stream().filter(each -> !each.name.isEmpty()).toList();
            put(
                    slice,
                    "processor",
                    String.join(" and ", named.stream().map(each -> each.name).toList()));
            Map<String, Object> ids = new LinkedHashMap<>();
            processors.stream()
                    .filter(each -> !each.id.isEmpty())
                    .forEach(each -> ids.put(("processor " + each.name).strip(), each.id));
            slice.put("ids", ids);
            if (command != null) {
                slice.put("command", ref(command));
            }
            flow(slice);
            slice.put("view", refs(views));
            slice.put("rules", rules);
            slice.put("specifications", specifications(part, rules, ours));
            put(slice, "about", about());
            part.notes.into(slice);
            put(slice, "id", part.id);
            return slice;
        }

        /** Adds what arrows lead to and from the slice. */
        private void flow(Map<String, Object> slice) {
            Set<Thing> reads = new LinkedHashSet<>(command == null ? List.of() : command.from(Kind.VIEW));
            Set<Thing> on = new LinkedHashSet<>(command == null ? List.of() : command.from(Kind.EVENT));
            Set<Thing> events = new LinkedHashSet<>(command == null ? List.of() : command.to(Kind.EVENT));
            Set<Thing> dispatches = new LinkedHashSet<>();
            Set<Thing> lists = new LinkedHashSet<>();
            for (Thing processor : processors) {
                lists.addAll(processor.from(Kind.VIEW));
                on.addAll(processor.from(Kind.EVENT));
                events.addAll(processor.to(Kind.EVENT));
                dispatches.addAll(processor.to(Kind.COMMAND));
            }
            views.forEach(view -> on.addAll(view.from(Kind.EVENT)));
            part.all(Kind.COMMAND).forEach(dispatches::remove);
            for (Thing event : part.all(Kind.EVENT)) {
                boolean recorded = !event.from(Kind.COMMAND).isEmpty();
                if (on.contains(event) || events.contains(event)) {
                    continue;
                }
                if (!recorded) {
                    events.add(event);
                } else if (command == null && !(views.isEmpty() && processors.isEmpty())) {
                    on.add(event);
                } else if (event.from(Kind.COMMAND).stream().noneMatch(part.things::contains)) {
                    graph.note("An event that stands in a second slice as a copy is not recorded there", event.name);
                }
            }
            lists.stream()
                    .filter(view -> view.todo || lists.stream().noneMatch(each -> each.todo))
                    .findFirst()
                    .ifPresent(view -> {
                        slice.put("todo", ref(view));
                        lists.remove(view);
                    });
            // A processor works off one view; what it reads besides is asked before the command passes.
            reads.addAll(lists);
            slice.put("on", refs(on));
            if (!reads.isEmpty() || part.gate != null) {
                Map<String, Object> gatekeeper = new LinkedHashMap<>();
                put(gatekeeper, "about", part.gate == null ? "" : part.gate);
                gatekeeper.put("reads", refs(reads));
                slice.put("gatekeeper", gatekeeper);
            }
            slice.put(
                    "events",
                    refs(events.stream().filter(each -> !each.isPublic).toList()));
            slice.put(
                    "publishes",
                    refs(events.stream().filter(each -> each.isPublic).toList()));
            slice.put("dispatches", refs(dispatches));
        }

        private String pattern() {
            if (!part.pattern.isEmpty() || part.things.isEmpty()) {
                return part.things.isEmpty() ? "" : part.pattern;
            }
            return !processors.isEmpty()
                    ? "automation"
                    : command != null ? "state change" : views.isEmpty() ? "" : "state view";
        }

        /** Returns the screens by name: their fields, and a button for each command that an arrow leads to. */
        private Map<String, Object> screens() {
            Map<String, Object> screens = new LinkedHashMap<>();
            Set<String> titles = new LinkedHashSet<>();
            for (Thing screen : part.all(Kind.SCREEN)) {
                Map<String, Object> told = new LinkedHashMap<>();
                put(told, "about", screen.about);
                Map<String, Object> shown = fields.of(screen);
                screen.from(Kind.VIEW).stream()
                        .filter(view -> !views.contains(view))
                        .forEach(view -> shown.forEach((field, parts) -> shows(view, screen, field, parts)));
                told.put("fields", shown);
                Map<String, Object> buttons = new LinkedHashMap<>();
                screen.to(Kind.COMMAND).forEach(other -> buttons.put(Titles.words(other.name), ref(other)));
                told.put("buttons", buttons);
                screen.notes.into(told);
                put(told, "id", screen.id);
                told.values().removeIf(Map.of()::equals);
                if (!told.isEmpty() || !screen.name.isEmpty()) {
                    screens.put(Titles.unique(screen.name.isEmpty() ? "screen" : screen.name, " ", titles), told);
                }
            }
            return screens;
        }

        /** A field that a view of another slice has, to which an arrow leads, comes from there. */
        @SuppressWarnings("unchecked")
        private void shows(Thing view, Thing screen, String field, Object parts) {
            Map<String, Object> told = (Map<String, Object>) parts;
            Graph.Attribute source = view.fields.get(field);
            Graph.Attribute shown = screen.fields.get(field);
            if (source != null && shown != null && !told.containsKey("from") && !told.containsKey("computed")) {
                told.put(GraphFields.alike(source, shown) ? "from" : "computed", ref(view) + "." + field);
            }
        }

        /** Returns the fields of a processor that neither a command nor a view of the slice has. */
        private List<String> own(Thing thing) {
            Set<String> own = new LinkedHashSet<>(thing.fields.keySet());
            part.things.stream()
                    .filter(each -> each.kind == Kind.VIEW || each.kind == Kind.COMMAND)
                    .forEach(each -> own.removeAll(each.fields.keySet()));
            thing.from(Kind.VIEW).forEach(view -> own.removeAll(view.fields.keySet()));
            return List.copyOf(own);
        }

        private String about() {
            List<String> notes = new ArrayList<>(List.of(part.about));
            for (Thing processor : processors) {
                notes.add(processor.about);
                own(processor)
                        .forEach(field -> graph.note(
                                "Fields of processors that neither a command nor a view has were passed over", field));
            }
            notes.removeIf(String::isBlank);
            return String.join(" ", notes);
        }
    }

    /** Returns the scenarios of a slice by name. Adds their rejections to the rules of the slice. */
    private Map<String, Object> specifications(Part part, Map<String, Object> rules, Predicate<Scenario> ours) {
        Map<String, Object> specifications = new LinkedHashMap<>();
        Set<String> titles = new LinkedHashSet<>();
        for (Scenario scenario : part.scenarios) {
            if (ours.test(scenario)) {
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("given", clauses(scenario.given(), rules));
                parts.put("when", clauses(scenario.when(), rules));
                parts.put("then", clauses(scenario.then(), rules));
                scenario.notes().into(parts);
                put(parts, "id", scenario.id());
                String title = Titles.line(scenario.title(), 200);
                specifications.put(Titles.unique(title.isEmpty() ? "it works" : title, " ", titles), parts);
            }
        }
        return specifications;
    }

    private List<Object> clauses(List<Step> steps, Map<String, Object> rules) {
        List<Object> clauses = new ArrayList<>();
        for (Step step : steps) {
            Thing thing = step.thing();
            if (thing == null) {
                rules.putIfAbsent(step.rule(), step.says().isEmpty() ? Map.of() : step.says());
                clauses.add(Map.of("rejected", step.rule()));
            } else {
                step.values().keySet().stream()
                        .filter(field -> !thing.fields.containsKey(field))
                        .forEach(field -> graph.note(
                                "Scenarios tell fields that their elements lack; the elements stay as they are",
                                thing.name + "." + field));
                Map<String, Object> clause = new LinkedHashMap<>();
                clause.put((step.absent() ? "no " : "") + ref(thing), step.values());
                if (step.times() > 1) {
                    clause.put("times", Integer.toString(step.times()));
                }
                clauses.add(clause);
            }
        }
        return clauses;
    }
}
