package dev.storyline.cli.demo;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a local cloud serves.
 *
 * @param contexts the contexts that a demo may use
 * @param routes their routes, {@code POST /wishes/children/{childId}/wishes}
 */
record Running(Set<String> contexts, Set<String> routes) {
    private static final String SLICE = "slice ";

    Running {
        contexts = Set.copyOf(contexts);
        routes = Set.copyOf(routes);
    }

    /**
     * Reads the list of slices and routes that a local cloud has at {@code GET /}.
     *
     * @param only the contexts that the demo is limited to; empty for all
     */
    static Running read(String list, Set<String> only) {
        Set<String> contexts = new TreeSet<>();
        Set<String> routes = new TreeSet<>();
        list.lines().forEach(line -> {
            if (line.startsWith(SLICE)) {
                contexts.add(line.substring(SLICE.length(), line.indexOf('/')));
            } else {
                routes.add(line);
            }
        });
        if (!only.isEmpty()) {
            contexts.retainAll(only);
        }
        return new Running(contexts, routes);
    }

    /** Whether all of these contexts run. */
    boolean has(String... names) {
        return contexts.containsAll(Set.of(names));
    }

    /** Whether a route is served, and its context is used. */
    boolean serves(String route) {
        String context = route.split("/", 3)[1];
        return contexts.contains(context) && routes.contains(route);
    }
}
