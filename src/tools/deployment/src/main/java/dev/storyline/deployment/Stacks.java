package dev.storyline.deployment;

import dev.storyline.deployment.InfraSettings.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All stacks of a repository under certain parameters.
 *
 * @param all the stacks of contexts first, then those of slices, each by name
 */
record Stacks(List<Stack> all) {
    Stacks {
        all = List.copyOf(all);
    }

    /**
     * Reads the templates with their default parameters. A parameter without a default gets a sample value.
     *
     * @throws TemplateException if a file is no template, or there are no templates
     */
    static Stacks read(Path root) {
        List<Stack> stacks = new ArrayList<>();
        InfraSettings.read(root)
                .contexts()
                .forEach((context, environment) -> stacks.add(new Stack(
                        "infra/" + context, context, "", unresolved(environment.file(root, context)), environment)));
        for (Path file : TemplateFile.sliceTemplates(root)) {
            Path folder = root.resolve("functions").relativize(file.resolveSibling(""));
            String context = folder.getName(0).toString();
            String slice = String.valueOf(folder.getFileName());
            stacks.add(new Stack(
                    "functions/" + context + "/" + slice,
                    context,
                    slice,
                    unresolved(TemplateFile.ofSlice(file)),
                    new Environment("", new LinkedHashMap<>())));
        }
        if (stacks.isEmpty()) {
            throw new TemplateException(
                    "There are no templates under " + root + ": start in the folder of a Storyline repository.");
        }
        return new Stacks(stacks).with(Map.of(), Map.of());
    }

    private static Template unresolved(TemplateFile file) {
        return new Template(file, name -> null, Map.of());
    }

    /**
     * Returns the same templates under the other values of their parameters, so that both branches of conditions are
     * covered.
     */
    List<Stacks> otherwise() {
        List<Map<String, String>> settings = settings();
        Map<String, String> anywhere = anywhere(settings);
        return settings.stream().map(setting -> with(setting, anywhere)).toList();
    }

    /** Returns every export under any parameters, because each template is deployed with its own. */
    private Map<String, String> anywhere(List<Map<String, String>> settings) {
        Map<String, String> exports = new HashMap<>();
        for (Map<String, String> setting : settings) {
            with(setting, Map.of()).all().forEach(stack -> exports.putAll(exports(stack)));
        }
        return exports;
    }

    private Stacks with(Map<String, String> parameters, Map<String, String> elsewhere) {
        Map<String, String> exports = new HashMap<>(elsewhere);
        Map<String, String> samples = new HashMap<>();
        for (Stack stack : all) {
            stack.template().source().parameters().forEach(parameter -> {
                if (parameter.value() == null) {
                    samples.putIfAbsent(parameter.name(), parameter.sample());
                }
            });
        }
        List<Stack> others = all.stream()
                .map(stack -> new Stack(
                        stack.path(),
                        stack.context(),
                        stack.slice(),
                        stack.template().with(exports::get, told(stack, samples, parameters)),
                        stack.environment()))
                .toList();
        others.forEach(stack -> exports.putAll(exports(stack)));
        return new Stacks(others);
    }

    /** Returns sample values for parameters without a value, overridden by the environment, then by the given values. */
    private static Map<String, String> told(Stack stack, Map<String, String> samples, Map<String, String> parameters) {
        Map<String, String> told = new HashMap<>(samples);
        told.putAll(stack.environment().with(parameters));
        return told;
    }

    /** The lint reports a template that cannot be resolved, so its exports are left out here. */
    private static Map<String, String> exports(Stack stack) {
        try {
            return stack.template().exports();
        } catch (TemplateException e) {
            return Map.of();
        }
    }

    /** Returns every other value of each parameter alone, then all of them together. */
    private List<Map<String, String>> settings() {
        List<Map<String, String>> settings = new ArrayList<>();
        Map<String, String> together = new LinkedHashMap<>();
        for (Stack stack : all) {
            stack.template()
                    .source()
                    .parameters()
                    .forEach(parameter -> parameter
                            .others(stack.environment().parameters().get(parameter.name()))
                            .forEach(value -> {
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

    /** Returns the stack with the shared resources of a context. */
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
