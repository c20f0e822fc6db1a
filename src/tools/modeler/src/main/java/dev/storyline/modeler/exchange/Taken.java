package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Element;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.SourceLocation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a model back to the board that it came from, and a board into the model that was made of it. What one side has not
 * changed stays as the other side has it, so nothing is lost for which a format has no place.
 */
public final class Taken {
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    private Taken() {}

    /**
     * Returns the board with what the model has changed since the import: a {@code config.json} of Event Modelers. Parts are
     * known by their ids.
     *
     * @throws ModelException if the file is no such board
     */
    public static String back(Model model, Path board) {
        String called = board.toString();
        JsonNode root = ForeignJson.read(new Texts(called).read(board), called);
        if (!root.path("slices").isArray() || !ConfigReader.isBoard(root)) {
            throw new ModelException(
                    new SourceLocation(called, 1, 1),
                    "A model is taken back to a config.json with its 'slices' in it.");
        }
        Graph graph = ConfigReader.read(root, called, model.context());
        Model then = GraphModels.of(graph, model.context()).models().getFirst();
        Map<String, String> steps = steps(root);
        return ForeignJson.write(new Merge(part -> graph.primary(text(part, "id", "name")))
                .of(
                        named(tree(ConfigWriter.write(model)), steps),
                        named(tree(ConfigWriter.write(then)), steps),
                        tree(root.toString())));
    }

    private static String text(Map<?, ?> part, String... keys) {
        for (String key : keys) {
            if (part.get(key) instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** Returns the ids of the steps of a board, which a model does not keep, by those that an export makes of their places. */
    private static Map<String, String> steps(JsonNode root) {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode slice : root.path("slices")) {
            for (JsonNode specification : ForeignJson.items(slice, "specifications")) {
                String id = ForeignJson.text(specification, "id");
                for (String clause : List.of("given", "when", "then")) {
                    List<JsonNode> steps = ConfigReader.inOrder(ForeignJson.items(specification, clause));
                    for (int i = 0; i < steps.size(); i++) {
                        ids.put(id + ":" + clause + ":" + i, ForeignJson.text(steps.get(i), "id"));
                    }
                }
            }
        }
        ids.values().removeIf(String::isEmpty);
        return ids;
    }

    private static Map<String, Object> named(Map<String, Object> tree, Map<String, String> ids) {
        tree.replaceAll((key, value) ->
                key.equals("id") && value instanceof String id ? ids.getOrDefault(id, id) : inside(value, ids));
        return tree;
    }

    private static Object inside(Object value, Map<String, String> ids) {
        return switch (value) {
            case Map<?, ?> map -> named(ModelDiff.map(map), ids);
            case List<?> list -> list.stream().map(item -> inside(item, ids)).toList();
            default -> value;
        };
    }

    private static Map<String, Object> tree(String json) {
        return ForeignJson.MAPPER.convertValue(ForeignJson.read(json, "the board"), TREE);
    }

    /** Returns the model with what a board says now. An element with another name and the same id is renamed. */
    public static Model into(Model model, Model board) {
        Map<String, Map<String, String>> renamed = new HashMap<>();
        for (Element.Kind kind : Element.Kind.values()) {
            Map<String, String> names = new HashMap<>();
            model.elements(kind).forEach((name, element) -> names.put(element.id(), name));
            board.elements(kind).forEach((name, element) -> {
                String before = element.id().isEmpty() ? null : names.get(element.id());
                if (before != null
                        && !before.equals(name)
                        && !board.elements(kind).containsKey(before)) {
                    renamed.computeIfAbsent(kind.section(), key -> new HashMap<>())
                            .put(before, name);
                }
            });
        }
        Map<String, Object> rich = new Renaming(renamed).in(ModelWriter.tree(model));
        renamed.forEach((section, names) -> {
            Map<String, Object> parts = new LinkedHashMap<>();
            ModelDiff.map(rich.get(section)).forEach((name, part) -> parts.put(names.getOrDefault(name, name), part));
            rich.put(section, parts);
        });
        Map<String, String> slices = new HashMap<>();
        board.slices().forEach(slice -> slices.put(slice.id(), slice.name()));
        model.slices().stream()
                .filter(slice -> !slice.id().isEmpty() && slices.containsKey(slice.id()))
                .forEach(slice -> slices.put(slice.name(), slices.get(slice.id())));
        for (Object chapter : ModelDiff.items(rich.get("story"))) {
            ModelDiff.items(ModelDiff.map(chapter).get("slices")).stream()
                    .filter(slice -> slice instanceof Map)
                    .forEach(slice -> ModelDiff.map(slice)
                            .computeIfPresent(
                                    "slice", (key, name) -> slices.getOrDefault((String) name, (String) name)));
        }
        Model named = made(rich);
        JsonNode written = ForeignJson.read(ConfigWriter.write(named), "the model");
        Model then = GraphModels.of(ConfigReader.read(written, "the model", model.context()), model.context())
                .models()
                .getFirst();
        return made(new Merge(part -> text(part, "slice", "chapter"))
                .of(ModelWriter.tree(board), ModelWriter.tree(then), ModelWriter.tree(named)));
    }

    private static Model made(Map<String, Object> tree) {
        return ModelReader.read(ForeignJson.write(tree), "the model");
    }
}
