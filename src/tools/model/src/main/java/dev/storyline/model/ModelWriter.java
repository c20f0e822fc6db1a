package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.PartFormat.KeyFormat;
import dev.storyline.model.PartFormat.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        return YamlWriter.of(Map.of(specification.name(), part(specification, true)));
    }

    /**
     * Returns the model as maps, lists and texts in the structure of the file. A name without a value has an empty map. As
     * JSON, this tree is a valid model file too.
     */
    public static Map<String, Object> tree(Model model) {
        return keys(model, true);
    }

    /** Returns a part in the form of the file, without the remarks of people in it and in its parts. */
    public static Object content(Record part) {
        return part(part, false);
    }

    /** A part with one value that may stand for it is written as that value. */
    private static Object part(Record part, boolean remarks) {
        Map<String, Object> keys = keys(part, remarks);
        PartFormat format = PartFormat.of(part.getClass());
        if (keys.size() != 1) {
            return keys;
        }
        String word = keys.keySet().iterator().next();
        Object only = keys.getOrDefault(word, "");
        if (!List.of(format.part().alone()).contains(word)) {
            return keys;
        }
        KeyFormat text = format.alone(true);
        boolean list =
                text != null && text.shape() == Shape.TEXT && !text.word().equals(word);
        return list && only instanceof String ? List.of(only) : only;
    }

    private static Map<String, Object> keys(Record part, boolean remarks) {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (KeyFormat key : PartFormat.of(part.getClass()).keys().values()) {
            Object value = key.of(part);
            if (value == null || (key.remark() && !remarks)) {
                continue;
            }
            Object written = written(key, value, remarks);
            boolean told = key.shape() == Shape.PART && !value.equals(Notes.NONE);
            boolean empty = written.equals("")
                    || (written instanceof Map<?, ?> map && map.isEmpty() && !told)
                    || (written instanceof List<?> list && list.isEmpty());
            if (!empty) {
                keys.put(key.word(), written);
            }
        }
        return keys;
    }

    private static Object written(KeyFormat key, Object value, boolean remarks) {
        return switch (value) {
            case Boolean yes -> yes ? true : "";
            case Integer number -> number == 1 ? "" : number;
            case Word choice -> choice.word();
            case Record part when !(part instanceof Ref) -> part(part, remarks);
            case List<?> list when key.shape() == Shape.PARTS_BY_NAME -> named(list, remarks);
            case List<?> list ->
                list.size() == 1 && key.shape() != Shape.PARTS
                        ? item(list.getFirst(), remarks)
                        : list.stream().map(item -> item(item, remarks)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((name, each) -> named.put((String) name, item(each, remarks)));
                yield named;
            }
            default -> key.word().equals("generated") && value.equals("true") ? true : value.toString();
        };
    }

    private static Object named(List<?> parts, boolean remarks) {
        Map<String, Object> named = new LinkedHashMap<>();
        parts.forEach(
                each -> named.put(PartFormat.of(each.getClass()).nameOf((Record) each), part((Record) each, remarks)));
        return named.size() == 1 && named.get("") instanceof String text ? text : named;
    }

    private static Object item(@Nullable Object item, boolean remarks) {
        return switch (item) {
            case ScenarioStep step -> clause(step);
            case Ref ref -> ref.toString();
            case Record part -> part(part, remarks);
            case List<?> list ->
                list.size() == 1
                        ? item(list.getFirst(), remarks)
                        : list.stream().map(each -> item(each, remarks)).toList();
            case null -> "";
            default -> item;
        };
    }

    private static void text(Map<String, Object> parts, String key, String text) {
        if (!text.isEmpty()) {
            parts.put(key, text);
        }
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
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put(name, clause.subject().toString());
            text(parts, "says", clause.says());
            return parts;
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

    /** The section names of {@link #tree}. */
    static List<String> sections() {
        List<String> sections = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            sections.add(kind.section());
        }
        return sections;
    }
}
