package dev.storyline.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The imports between stacks, and a deployment order in which each stack follows its imports. */
final class Order {
    private final SequencedMap<String, Stack> stacks = new LinkedHashMap<>();
    private final Map<String, Set<String>> imports = new HashMap<>();

    /**
     * Reads the imports of all stacks.
     *
     * @throws PlanException if a stack imports an unknown export
     */
    Order(Stacks read) {
        Map<String, String> exporters = new HashMap<>();
        List<Stacks> deployments = new ArrayList<>(read.otherwise());
        deployments.addFirst(read);
        for (Stacks deployment : deployments) {
            for (Stack stack : deployment.all()) {
                stack.template().exports().keySet().forEach(name -> exporters.putIfAbsent(name, stack.path()));
            }
        }
        for (Stack stack : read.all()) {
            stacks.put(stack.path(), stack);
            Set<String> from = new LinkedHashSet<>();
            for (String name : stack.template().imports()) {
                String exporter = exporters.get(name);
                if (exporter == null) {
                    throw new PlanException(stack.file() + " imports " + name + ", which no template exports.");
                }
                from.add(exporter);
            }
            from.remove(stack.path());
            imports.put(stack.path(), from);
        }
    }

    /**
     * Returns all stacks in deployment order.
     *
     * @throws PlanException if stacks import from each other in a cycle
     */
    List<Stack> installation() {
        Set<String> done = new LinkedHashSet<>();
        stacks.keySet().forEach(path -> visit(path, List.of(), done));
        return done.stream().map(this::stack).toList();
    }

    private void visit(String path, List<String> above, Set<String> done) {
        if (done.contains(path)) {
            return;
        }
        List<String> way = new ArrayList<>(above);
        way.add(path);
        if (above.contains(path)) {
            throw new PlanException("These import from each other, so that none can be deployed first: "
                    + String.join(" -> ", way.subList(way.indexOf(path), way.size())) + ".");
        }
        importsOf(path).forEach(other -> visit(other, way, done));
        done.add(path);
    }

    /** Returns the stacks that a stack imports from. */
    Set<String> importsOf(String path) {
        return imports.getOrDefault(path, Set.of());
    }

    /** Returns the stacks that import from a stack, by name. */
    List<String> importersOf(String path) {
        return stacks.keySet().stream()
                .filter(other -> importsOf(other).contains(path))
                .toList();
    }

    private Stack stack(String path) {
        Stack stack = stacks.get(path);
        if (stack == null) {
            throw new IllegalStateException(path);
        }
        return stack;
    }
}
