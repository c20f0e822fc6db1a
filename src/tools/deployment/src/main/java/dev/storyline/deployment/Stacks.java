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
     * @throws TemplateException if one is no template, or there are none
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
            throw new TemplateException(
                    "There are no templates under " + root + ": start in the folder of a Storyline repository.");
        }
        return new Stacks(stacks).with(Map.of(), Map.of());
    }

    private static Template template(Path file) {
        return Template.read(file, name -> null, Map.of());
    }

    /** The same templates under the other values of their parameters, so that both branches of conditions are seen. */
    List<Stacks> otherwise() {
        List<Map<String, String>> settings = settings();
        Map<String, String> anywhere = anywhere(settings);
        return settings.stream().map(setting -> with(setting, anywhere)).toList();
    }

    /** Every export, under whichever parameters it is there: one template alone may be deployed otherwise. */
    private Map<String, String> anywhere(List<Map<String, String>> settings) {
        Map<String, String> exports = new HashMap<>();
        for (Map<String, String> setting : settings) {
            with(setting, Map.of()).all().forEach(stack -> exports.putAll(exports(stack)));
        }
        return exports;
    }

    private Stacks with(Map<String, String> parameters, Map<String, String> elsewhere) {
        Map<String, String> exports = new HashMap<>(elsewhere);
        Map<String, String> values = new HashMap<>(parameters);
        for (Stack stack : all) {
            stack.template().parameters().forEach(parameter -> {
                if (parameter.value() == null) {
                    values.putIfAbsent(parameter.name(), parameter.sample());
                }
            });
        }
        Map<String, String> told = Map.copyOf(values);
        List<Stack> others = all.stream()
                .map(stack -> new Stack(
                        stack.path(),
                        stack.context(),
                        stack.slice(),
                        stack.template().with(exports::get, told)))
                .toList();
        others.forEach(stack -> exports.putAll(exports(stack)));
        return new Stacks(others);
    }

    /** What cannot be resolved is told where the template is checked. */
    private static Map<String, String> exports(Stack stack) {
        try {
            return stack.template().exports();
        } catch (TemplateException e) {
            return Map.of();
        }
    }

    /** Every other value of each parameter alone, then all of those together. */
    private List<Map<String, String>> settings() {
        List<Map<String, String>> settings = new ArrayList<>();
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
