package dev.storyline.deployment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Every template of a repository, as it would be deployed with certain parameters.
 *
 * @param all what slices stand on first, then the slices, each in the order of their names
 */
record Stacks(List<Stack> all) {
    Stacks {
        all = List.copyOf(all);
    }

    /**
     * Reads the templates as they are with their defaults; a parameter that has none gets a value that stands for any.
     *
     * @throws TemplateTrouble if one is no template, or there are none
     */
    static Stacks read(Path root) {
        List<Stack> stacks = new ArrayList<>();
        for (Path file : Deployment.files(root.resolve("infra"), 1, ".yaml")) {
            String name = Objects.requireNonNull(file.getFileName()).toString();
            stacks.add(new Stack("infra/" + name, name.replace(".yaml", ""), "", template(file)));
        }
        for (Path file : Deployment.files(root.resolve("functions"), 3, "template.yaml")) {
            Path folder = root.resolve("functions").relativize(file.resolveSibling(""));
            String context = folder.getName(0).toString();
            String slice = String.valueOf(folder.getFileName());
            stacks.add(new Stack("functions/" + context + "/" + slice, context, slice, template(file)));
        }
        if (stacks.isEmpty()) {
            throw new TemplateTrouble(
                    "There are no templates under " + root + ": start in the folder of a Storyline repository.");
        }
        return new Stacks(stacks).with(Map.of());
    }

    private static Template template(Path file) {
        return Template.read(file, name -> null, Map.of());
    }

    /** The same templates with other parameters, by name. */
    Stacks with(Map<String, String> parameters) {
        Map<String, String> exports = new HashMap<>();
        Map<String, String> values = new HashMap<>(parameters);
        for (Stack stack : all) {
            stack.template().parameters().forEach(parameter -> {
                if (parameter.value() == null) {
                    values.putIfAbsent(parameter.name(), parameter.sample());
                }
            });
        }
        List<Stack> others = all.stream()
                .map(stack -> new Stack(
                        stack.path(),
                        stack.context(),
                        stack.slice(),
                        stack.template().with(exports::get, Map.copyOf(values))))
                .toList();
        others.forEach(stack -> exports.putAll(stack.template().exports()));
        return new Stacks(others);
    }

    /**
     * The parameters under which both branches of every condition are seen: the defaults, then every other value of each
     * parameter alone, then all of those together.
     */
    List<Map<String, String>> settings() {
        List<Map<String, String>> settings = new ArrayList<>(List.of(Map.of()));
        Map<String, String> together = new LinkedHashMap<>();
        for (Stack stack : all) {
            stack.template()
                    .parameters()
                    .forEach(parameter -> parameter.others().forEach(value -> {
                        settings.add(Map.of(parameter.name(), value));
                        together.put(parameter.name(), value);
                    }));
        }
        settings.add(together);
        return settings.stream().distinct().toList();
    }

    List<Stack> slices() {
        return all.stream().filter(stack -> !stack.infra()).toList();
    }

    /** What the slices of a context stand on. */
    Optional<Stack> infra(String context) {
        return slice(context, "");
    }

    Optional<Stack> slice(String context, String slice) {
        return all.stream()
                .filter(stack ->
                        stack.context().equals(context) && stack.slice().equals(slice))
                .findFirst();
    }
}
