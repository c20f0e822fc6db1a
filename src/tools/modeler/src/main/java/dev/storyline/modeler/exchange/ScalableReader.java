package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the metamodel of Scalable Modeling v0.1: a model for each bounded context, a slice for each policy or for several
 * of one name. Causality, order and drawings have no place in this model; the reader reports
 * them.
 */
final class ScalableReader {
    /** One element of the document. */
    private record Thing(String id, String type, String name, String context, JsonNode told) {}

    private record Arrow(String type, Thing from, Thing to) {}

    private final Map<String, Thing> things = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();
    /** Arrows by their type and the id at one end. */
    private final Map<String, List<Thing>> targets = new HashMap<>();

    private final Map<String, List<Thing>> sources = new HashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final String only;

    private ScalableReader(JsonNode root, String only) {
        this.only = only;
        if (!ForeignJson.text(root, "schemaVersion").equals(ScalableWriter.VERSION)) {
            warnings.add("The file has version '" + ForeignJson.text(root, "schemaVersion")
                    + "' of the metamodel; 0.1 is known.");
        }
        things(root);
        Map<String, Integer> dropped = new TreeMap<>();
        for (JsonNode told : ForeignJson.items(root, "relationships")) {
            Thing from = things.get(ForeignJson.text(told, "sourceId"));
            Thing to = things.get(ForeignJson.text(told, "targetId"));
            if (from == null || to == null) {
                warnings.add("The relationship '" + ForeignJson.text(told, "id")
                        + "' leads to nothing and was passed over.");
            } else {
                String type = ForeignJson.text(told, "type");
                arrows.add(new Arrow(type, from, to));
                targets.computeIfAbsent(type + " " + from.id(), key -> new ArrayList<>())
                        .add(to);
                sources.computeIfAbsent(type + " " + to.id(), key -> new ArrayList<>())
                        .add(from);
            }
        }
        notes(dropped);
        long views = ForeignJson.items(root, "views").size();
        if (views > 0) {
            dropped.merge("views", (int) views, Integer::sum);
        }
        dropped.forEach((what, times) ->
                warnings.add("Passed over, for a model has no place for it: " + what + " (" + times + ")."));
    }

    /**
     * Reads a document.
     *
     * @param only the context to read; empty for all
     */
    static Imported read(JsonNode root, String only) {
        ScalableReader reader = new ScalableReader(root, only);
        List<Model> models = new ArrayList<>();
        for (String context : reader.contexts()) {
            if (only.isEmpty() || only.equals(context)) {
                models.add(ModelReader.read(ForeignJson.write(reader.model(context)), "the imported model"));
            }
        }
        if (models.isEmpty()) {
            reader.warnings.add("The file has no context" + (only.isEmpty() ? "." : " '" + only + "'."));
        }
        return new Imported(models, reader.warnings);
    }

    private void things(JsonNode root) {
        Map<String, String> names = new LinkedHashMap<>();
        for (JsonNode told : ForeignJson.items(root, "elements")) {
            names.put(ForeignJson.text(told, "id"), ForeignJson.text(told, "name"));
        }
        Map<String, String> homes = new LinkedHashMap<>();
        for (JsonNode told : ForeignJson.items(root, "relationships")) {
            if (ForeignJson.text(told, "type").equals("belongs_to")) {
                String id = ForeignJson.text(told, "sourceId");
                if (homes.putIfAbsent(id, Titles.context(names.getOrDefault(ForeignJson.text(told, "targetId"), "")))
                        != null) {
                    warnings.add("'" + id + "' belongs to several contexts; the first one was taken.");
                }
            }
        }
        int homeless = 0;
        for (JsonNode told : ForeignJson.items(root, "elements")) {
            String id = ForeignJson.text(told, "id");
            String type = ForeignJson.text(told, "type");
            String name = ForeignJson.text(told, "name");
            boolean isContext = type.equals("bounded_context");
            boolean needsHome = !isContext
                    && !homes.containsKey(id)
                    && !Set.of("hotspot", "description", "glossary_term", "consistency_boundary")
                            .contains(type);
            homeless += needsHome ? 1 : 0;
            String context = isContext ? Titles.context(name) : homes.getOrDefault(id, needsHome ? "" : "none");
            if (things.putIfAbsent(id, new Thing(id, type, name, context, told)) != null) {
                warnings.add("The id '" + id + "' stands there twice; the first one was taken.");
            }
        }
        if (homeless > 0) {
            String first = only.isEmpty() ? contextNames().stream().findFirst().orElse("imported") : only;
            warnings.add(homeless + " elements belong to no context; they came to '" + first + "'.");
            things.replaceAll((id, thing) ->
                    thing.context().isEmpty() ? new Thing(id, thing.type(), thing.name(), first, thing.told()) : thing);
        }
    }

    private Set<String> contextNames() {
        Set<String> names = new LinkedHashSet<>();
        things.values().stream()
                .filter(thing -> thing.type().equals("bounded_context"))
                .forEach(thing -> names.add(thing.context()));
        return names;
    }

    private Set<String> contexts() {
        Set<String> names = contextNames();
        things.values().stream()
                .map(Thing::context)
                .filter(name -> !name.equals("none"))
                .forEach(names::add);
        return names;
    }

    /** Adds terms, open questions and descriptions to their elements. */
    private void notes(Map<String, Integer> dropped) {
        for (Arrow arrow : arrows) {
            if (arrow.type().equals("defines")) {
                note(arrow.to().id(), ForeignJson.text(arrow.from().told(), "definition"));
            }
        }
        for (Thing thing : things.values()) {
            for (String key : List.of("partitionKeys", "tags", "provenance", "synonyms", "resolution")) {
                if (thing.told().has(key)
                        && !(key.equals("partitionKeys") && !by(thing).isEmpty())) {
                    dropped.merge(key, 1, Integer::sum);
                }
            }
            boolean question = thing.type().equals("hotspot");
            if (question || thing.type().equals("description")) {
                List<JsonNode> targets = ForeignJson.items(thing.told(), "targets");
                String text = (question ? "Open question: " : "") + ForeignJson.text(thing.told(), "text");
                targets.forEach(target -> note(ForeignJson.text(target, "id"), text));
                if (targets.isEmpty()) {
                    dropped.merge(thing.type() + " without a target", 1, Integer::sum);
                }
            } else if (thing.type().equals("glossary_term")
                    && to(thing, "defines").isEmpty()) {
                dropped.merge("glossary_term that defines nothing", 1, Integer::sum);
            }
        }
    }

    private void note(String id, String text) {
        notes.merge(id, text, (one, other) -> one + " " + other);
    }

    /** Returns the field that identifies the entity of a stream; empty if there are several, or if it is no stream. */
    private static String by(Thing thing) {
        List<String> keys = ForeignJson.items(thing.told(), "partitionKeys").stream()
                .map(JsonNode::asText)
                .toList();
        return isStream(thing) && keys.size() == 1 && keys.getFirst().matches("\\p{L}[\\p{L}\\p{N}_-]*")
                ? keys.getFirst()
                : "";
    }

    private Map<String, Object> stream(Thing thing) {
        Map<String, Object> parts = new LinkedHashMap<>();
        ConfigFields.put(parts, "by", by(thing));
        ConfigFields.put(parts, "about", about(thing));
        return parts;
    }

    private String about(Thing thing) {
        String told = ForeignJson.text(thing.told(), "description");
        return (told + " " + notes.getOrDefault(thing.id(), "")).strip();
    }

    private List<Thing> to(Thing from, String type) {
        return targets.getOrDefault(type + " " + from.id(), List.of());
    }

    private List<Thing> from(Thing to, String type) {
        return sources.getOrDefault(type + " " + to.id(), List.of());
    }

    private static boolean has(Thing thing, String role) {
        return ForeignJson.items(thing.told(), "roles").stream()
                .anyMatch(each -> each.asText().equals(role));
    }

    private static boolean isStream(Thing thing) {
        return thing.type().equals("model") && has(thing, "command");
    }

    private static boolean isView(Thing thing) {
        return thing.type().equals("model") && (!has(thing, "command") || has(thing, "query"));
    }

    private static String name(Thing thing) {
        return Titles.element(
                thing.name(),
                thing.type().equals("model") ? "View" : thing.type().equals("event") ? "Event" : "Command");
    }

    private Map<String, Object> model(String context) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("context", context);
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        List<Thing> ours = things.values().stream()
                .filter(thing -> thing.context().equals(context))
                .toList();
        for (Thing thing : ours) {
            Map<String, Object> parts = new LinkedHashMap<>();
            ConfigFields.put(parts, "about", about(thing));
            switch (thing.type()) {
                case "bounded_context" -> ConfigFields.put(model, "about", about(thing));
                case "command" -> {
                    from(thing, "handles").stream()
                            .flatMap(policy -> to(policy, "updates").stream())
                            .filter(ScalableReader::isStream)
                            .findFirst()
                            .ifPresent(stream -> parts.put("stream", Titles.slice(stream.name(), "stream")));
                    section(sections, "commands").put(name(thing), parts);
                }
                case "event" -> {
                    boolean isPublic =
                            ForeignJson.text(thing.told(), "visibility").equals("public");
                    if (!isPublic) {
                        to(thing, "projects_into").stream()
                                .filter(ScalableReader::isStream)
                                .findFirst()
                                .ifPresent(stream -> parts.put("stream", Titles.slice(stream.name(), "stream")));
                    }
                    section(sections, isPublic ? "public-events" : "events").put(name(thing), parts);
                }
                case "model" -> {
                    if (isStream(thing)) {
                        section(sections, "streams").put(Titles.slice(thing.name(), "stream"), stream(thing));
                    }
                    if (isView(thing)) {
                        section(sections, "views").put(name(thing), parts);
                    }
                }
                default -> {}
            }
        }
        model.putAll(sections);
        Map<String, Object> chapter = new LinkedHashMap<>();
        chapter.put("chapter", "Story");
        chapter.put("slices", slices(ours));
        model.put("story", List.of(chapter));
        return model;
    }

    private static Map<String, Object> section(Map<String, Map<String, Object>> sections, String name) {
        return sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    /** Merges policies of one name into one slice. A gatekeeper belongs to the slice of its command. */
    private List<Object> slices(List<Thing> ours) {
        Map<String, List<Thing>> policies = new LinkedHashMap<>();
        for (Thing thing : ours) {
            if (Set.of("gatekeeper", "command_handler", "event_handler", "query_handler", "data_aggregator")
                    .contains(thing.type())) {
                Thing named = thing.type().equals("gatekeeper")
                        ? to(thing, "handles").stream()
                                .flatMap(command -> from(command, "handles").stream())
                                .filter(policy -> policy.type().equals("command_handler"))
                                .findFirst()
                                .orElse(thing)
                        : thing;
                policies.computeIfAbsent(
                                Titles.slice(named.name(), "slice").replaceFirst("-handler$", ""),
                                key -> new ArrayList<>())
                        .add(thing);
            }
        }
        List<Object> slices = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        policies.forEach((name, together) -> slices.add(slice(name, together, kept)));
        Set<String> names = new HashSet<>(policies.keySet());
        // A command without a handler but with effects becomes an unfinished slice.
        ours.stream()
                .filter(thing ->
                        thing.type().equals("command") && from(thing, "handles").isEmpty())
                .filter(command -> !to(command, "causes").isEmpty())
                .forEach(command -> {
                    Map<String, Object> slice = new LinkedHashMap<>();
                    slice.put("slice", Titles.unique(Titles.slice(command.name(), "slice"), "-", names));
                    slice.put("command", name(command));
                    Set<Thing> caused = new LinkedHashSet<>(to(command, "causes"));
                    caused.removeIf(thing ->
                            !thing.type().equals("event") || !thing.context().equals(command.context()));
                    slice.put("events", emitted(caused, false));
                    slice.put("publishes", emitted(caused, true));
                    slices.add(slice);
                });
        ours.stream()
                .filter(thing -> isView(thing) && !kept.contains(thing.id()))
                .forEach(view -> {
                    Map<String, Object> slice = new LinkedHashMap<>();
                    slice.put("slice", Titles.unique(Titles.slice(view.name(), "slice"), "-", names));
                    slice.put("on", refs(from(view, "projects_into"), view.context()));
                    slice.put("view", name(view));
                    slices.add(slice);
                });
        return slices;
    }

    private static List<String> refs(List<Thing> things, String context) {
        return things.stream()
                .map(thing -> (thing.context().equals(context) ? "" : thing.context() + ".") + name(thing))
                .distinct()
                .toList();
    }

    private Map<String, Object> slice(String name, List<Thing> policies, Set<String> kept) {
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("slice", name);
        String home = policies.getFirst().context();
        Set<Thing> on = new LinkedHashSet<>();
        Set<Thing> emits = new LinkedHashSet<>();
        Set<Thing> dispatches = new LinkedHashSet<>();
        Set<Thing> views = new LinkedHashSet<>();
        for (Thing policy : policies) {
            if (policy.type().equals("gatekeeper")) {
                Map<String, Object> gatekeeper = new LinkedHashMap<>();
                ConfigFields.put(gatekeeper, "about", about(policy));
                gatekeeper.put("reads", refs(to(policy, "reads"), home));
                slice.put("gatekeeper", gatekeeper);
            } else {
                ConfigFields.put(slice, "about", about(policy));
            }
            for (Thing message : to(policy, "handles")) {
                if (message.type().equals("event")) {
                    on.add(message);
                } else if (message.type().equals("command")
                        && slice.putIfAbsent("command", name(message)) != null
                        && !name(message).equals(slice.get("command"))) {
                    warnings.add("The slice '" + name + "' handles a second command, " + name(message)
                            + ", which was passed over.");
                }
            }
            emits.addAll(to(policy, "emits"));
            dispatches.addAll(to(policy, "dispatches"));
            if (policy.type().equals("query_handler") || policy.type().equals("data_aggregator")) {
                to(policy, "reads").stream().filter(ScalableReader::isView).forEach(views::add);
            }
        }
        views.forEach(view -> on.addAll(from(view, "projects_into")));
        views.forEach(view -> kept.add(view.id()));
        dispatches.removeIf(command ->
                name(command).equals(slice.get("command")) && command.context().equals(home));
        slice.put("on", refs(List.copyOf(on), home));
        slice.put("events", emitted(emits, false));
        slice.put("publishes", emitted(emits, true));
        slice.put("dispatches", refs(List.copyOf(dispatches), home));
        slice.put("view", refs(List.copyOf(views), home));
        return slice;
    }

    private static List<String> emitted(Set<Thing> events, boolean isPublic) {
        return events.stream()
                .filter(event -> ForeignJson.text(event.told(), "visibility").equals("public") == isPublic)
                .map(ScalableReader::name)
                .distinct()
                .toList();
    }
}
