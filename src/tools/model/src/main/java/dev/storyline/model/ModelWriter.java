package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model as the file that {@link ModelReader} reads. The same model always gives the same text. Reading
 * the text gives the same model, apart from locations.
 */
public final class ModelWriter {
    private ModelWriter() {}

    /** Returns the model as YAML, at most 120 columns wide where its words allow it. */
    public static String write(Model model) {
        return YamlWriter.of(tree(model));
    }

    /** Returns a scenario as it stands under the specifications of a slice. */
    public static String write(Specification specification) {
        return YamlWriter.of(Map.of(specification.name(), specification(specification)));
    }

    /**
     * Returns the model as maps, lists and texts in the structure of the file. A name without a value has an empty map. As
     * JSON, this tree is a valid model file too.
     */
    public static Map<String, Object> tree(Model model) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("context", model.context());
        text(root, "owner", model.owner());
        text(root, "about", model.about());
        Map<String, Object> actors = new LinkedHashMap<>();
        model.actors().forEach((name, actor) -> actors.put(name, actor(actor)));
        section(root, "actors", actors);
        section(root, "systems", notes(model.systems()));
        Map<String, Object> streams = new LinkedHashMap<>();
        model.streams().forEach((name, stream) -> streams.put(name, stream(stream)));
        section(root, "streams", streams);
        Map<String, Object> types = new LinkedHashMap<>();
        model.types().forEach((name, type) -> types.put(name, type(type)));
        section(root, "types", types);
        for (Kind kind : Kind.values()) {
            Map<String, Object> elements = new LinkedHashMap<>();
            model.elements(kind).forEach((name, element) -> elements.put(name, element(element)));
            section(root, kind.section(), elements);
        }
        section(
                root,
                "story",
                model.chapters().stream().map(ModelWriter::chapter).toList());
        section(
                root,
                "reviews",
                model.reviews().stream().map(ModelWriter::review).toList());
        return root;
    }

    private static void text(Map<String, Object> parts, String key, String text) {
        if (!text.isEmpty()) {
            parts.put(key, text);
        }
    }

    private static void section(Map<String, Object> parts, String key, Map<String, ?> entries) {
        if (!entries.isEmpty()) {
            parts.put(key, entries);
        }
    }

    private static void section(Map<String, Object> parts, String key, Collection<?> items) {
        if (!items.isEmpty()) {
            parts.put(key, items);
        }
    }

    /** A single value is written alone, several values as a list. */
    private static void list(Map<String, Object> parts, String key, List<?> items) {
        List<?> values = items.stream()
                .map(item -> item instanceof Ref ref ? ref.toString() : item)
                .toList();
        if (!values.isEmpty()) {
            parts.put(key, values.size() == 1 ? values.getFirst() : values);
        }
    }

    private static Map<String, Object> notes(Map<String, ExternalSystem> notes) {
        Map<String, Object> result = new LinkedHashMap<>();
        notes.forEach((name, note) -> result.put(name, note.about().isEmpty() ? Map.of() : note.about()));
        return result;
    }

    private static Object actor(Actor actor) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "about", actor.about());
        text(parts, "is", actor.identity());
        return alone(parts, "about");
    }

    private static Object stream(EventStream stream) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "by", stream.by());
        text(parts, "about", stream.about());
        list(parts, "ends", stream.ends());
        if (stream.keepDays() > 0) {
            parts.put("keep", stream.keepDays() + " days");
        }
        return alone(parts, "about");
    }

    /** An entry with this one value only is written without a key. */
    private static Object alone(Map<String, Object> parts, String key) {
        Object only = parts.size() == 1 ? parts.get(key) : null;
        return only == null ? parts : only;
    }

    private static Object type(Type type) {
        Map<String, Object> parts = new LinkedHashMap<>();
        boolean words = type.base().equals("text") && !type.values().isEmpty();
        if (!words || !type.fields().isEmpty()) {
            text(parts, "is", type.base());
        }
        section(parts, "one-of", type.values());
        text(parts, "example", type.example());
        text(parts, "about", type.about());
        section(parts, "fields", fields(type.fields()));
        return words && parts.size() == 1 ? type.values() : parts.isEmpty() ? "" : alone(parts, "is");
    }

    /** Returns the fields in the form of the key {@code fields}. */
    private static Map<String, Object> fields(List<Field> fields) {
        Map<String, Object> result = new LinkedHashMap<>();
        fields.forEach(field -> result.put(field.name(), field(field)));
        return result;
    }

    private static Object field(Field field) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "type", field.written().strip());
        if (field.identity()) {
            parts.put("identity", true);
        }
        if (field.balanced()) {
            parts.put("balanced", true);
        }
        text(parts, "example", field.example());
        text(parts, "generated", field.generated());
        list(parts, "computed", field.computed());
        list(parts, "from", field.from());
        text(parts, "about", field.about());
        section(parts, "waived", field.waived());
        return alone(parts, "type");
    }

    private static Object element(Element element) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "about", element.about());
        text(parts, "stream", element.stream());
        if (element.version() != 1) {
            parts.put("version", element.version());
        }
        if (element.essential()) {
            parts.put("essential", true);
        }
        text(parts, "owner", element.owner());
        section(parts, "waived", element.waived());
        section(parts, "fields", fields(element.fields()));
        return alone(parts, "about");
    }

    private static Map<String, Object> chapter(Chapter chapter) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("chapter", chapter.name());
        text(parts, "about", chapter.about());
        section(
                parts,
                "slices",
                chapter.slices().stream().map(ModelWriter::slice).toList());
        return parts;
    }

    private static Object slice(Slice slice) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("slice", slice.name());
        text(parts, "pattern", slice.pattern() == null ? "" : slice.pattern().word());
        text(parts, "about", slice.about());
        list(parts, "actor", slice.actors());
        text(parts, "screen", slice.screen());
        text(parts, "processor", slice.processor());
        list(parts, "on", slice.on());
        text(parts, "command", slice.command() == null ? "" : slice.command().toString());
        if (slice.gatekeeper() != null) {
            parts.put("gatekeeper", gatekeeper(slice.gatekeeper()));
        }
        list(parts, "folds", slice.folds());
        section(parts, "rules", rules(slice.rules()));
        list(parts, "events", slice.events());
        list(parts, "publishes", slice.publishes());
        Map<String, Object> deadlines = new LinkedHashMap<>();
        slice.deadlines().forEach(each -> list(deadlines, each.command().toString(), each.at()));
        list(
                parts,
                "dispatches",
                slice.dispatches().stream()
                        .filter(ref -> !deadlines.containsKey(ref.toString()))
                        .toList());
        section(parts, "deadlines", deadlines);
        list(parts, "calls", slice.calls());
        list(parts, "view", slice.views());
        list(parts, "exists", slice.exists());
        section(parts, "waived", slice.waived());
        Map<String, Object> specifications = new LinkedHashMap<>();
        slice.specifications().forEach(each -> specifications.put(each.name(), specification(each)));
        section(parts, "specifications", specifications);
        return alone(parts, "slice");
    }

    private static Object gatekeeper(Gatekeeper gatekeeper) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "about", gatekeeper.about());
        list(parts, "reads", gatekeeper.reads());
        section(parts, "rules", rules(gatekeeper.rules()));
        return alone(parts, "about");
    }

    private static Map<String, Object> rules(List<BusinessRule> rules) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (BusinessRule rule : rules) {
            Map<String, Object> parts = new LinkedHashMap<>();
            text(parts, "says", rule.says());
            list(parts, "reads", rule.reads());
            result.put(rule.name(), alone(parts, "says"));
        }
        return result;
    }

    private static Map<String, Object> specification(Specification specification) {
        Map<String, Object> parts = new LinkedHashMap<>();
        list(
                parts,
                "given",
                specification.given().stream().map(ModelWriter::clause).toList());
        list(
                parts,
                "when",
                specification.when().stream().map(ModelWriter::clause).toList());
        list(
                parts,
                "then",
                specification.then().stream().map(ModelWriter::clause).toList());
        return parts;
    }

    /** Returns one step of a specification in the form of the file. */
    private static Object clause(ScenarioStep clause) {
        String name = switch (clause.what()) {
            case ELEMENT -> clause.subject().toString();
            case REJECTED -> "rejected";
            case NOTHING -> "nothing";
            case TIME -> "time";
            case ABSENT -> "no " + clause.subject();
        };
        if (clause.what() == ScenarioStep.What.REJECTED) {
            return Map.of(name, clause.subject().toString());
        }
        if (clause.what() == ScenarioStep.What.TIME) {
            return Map.of(name, clause.at());
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        text(settings, "at", clause.at());
        text(settings, "by", clause.by());
        text(settings, "stream", clause.stream());
        if (clause.values().isEmpty() && settings.isEmpty()) {
            boolean often = clause.times() != 1 && clause.what() == ScenarioStep.What.ELEMENT;
            if (often || clause.times() == 1) {
                return often ? clause.times() + " x " + name : name;
            }
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put(name, clause.values());
        if (clause.times() != 1) {
            parts.put("times", clause.times());
        }
        parts.putAll(settings);
        return parts;
    }

    private static Map<String, Object> review(Review review) {
        Map<String, Object> parts = new LinkedHashMap<>();
        text(parts, "step", review.step());
        text(parts, "role", review.role());
        text(parts, "by", review.by());
        parts.put("on", review.on().toString());
        section(parts, "of", review.of());
        return parts;
    }

    /** The section names of {@link #tree}. */
    static List<String> sections() {
        List<String> sections = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            sections.add(kind.section());
        }
        return sections;
    }
}
