package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Model;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds feedback loops across boundaries (SM041). An event leads to the commands, events and views of the slices that it
 * triggers, a command to the elements that its slice produces, and a view to the commands whose gatekeepers read it. Folds
 * are ignored, because they stay within a stream. Tarjan's algorithm finds elements that lead to each other ("Depth-first
 * search and linear graph algorithms", 1972), without recursion because stories are long.
 */
final class Loops {
    private final ModelIndex index;
    private final ModelFindings findings;
    private final IdentityHashMap<Element, List<Element>> next = new IdentityHashMap<>();

    private Loops(ModelIndex index, ModelFindings findings) {
        this.index = index;
        this.findings = findings;
    }

    static void check(ModelIndex index, ModelFindings findings) {
        Loops loops = new Loops(index, findings);
        index.slices().forEach(loops::edges);
        for (List<Element> loop : loops.components()) {
            loops.report(loop);
        }
    }

    private void edges(Wired wired) {
        List<Element> made = wired.makes();
        if (wired.command() != null) {
            lead(wired.command(), made);
            wired.on().forEach(event -> lead(event, List.of(Objects.requireNonNull(wired.command()))));
            for (Element view : wired.asked()) {
                lead(view, List.of(wired.command()));
            }
        } else {
            wired.on().forEach(event -> lead(event, made));
        }
    }

    private void lead(Element from, List<Element> to) {
        next.computeIfAbsent(from, key -> new ArrayList<>()).addAll(to);
    }

    private List<Element> next(Element element) {
        return next.getOrDefault(element, List.of());
    }

    /** An element on the stack, and the number of its successors that were visited. */
    private static final class Visit {
        private final Element element;
        private int followed;

        Visit(Element element) {
            this.element = element;
        }
    }

    /** Returns the strongly connected sets of elements. */
    private List<List<Element>> components() {
        List<List<Element>> components = new ArrayList<>();
        IdentityHashMap<Element, Integer> order = new IdentityHashMap<>();
        IdentityHashMap<Element, Integer> low = new IdentityHashMap<>();
        Deque<Element> open = new ArrayDeque<>();
        Set<Element> isOpen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Model model : index.landscape().models().values()) {
            for (Element start : model.elements()) {
                if (!order.containsKey(start)) {
                    search(start, order, low, open, isOpen, components);
                }
            }
        }
        return components;
    }

    private void search(
            Element start,
            IdentityHashMap<Element, Integer> order,
            IdentityHashMap<Element, Integer> low,
            Deque<Element> open,
            Set<Element> isOpen,
            List<List<Element>> components) {
        Deque<Visit> way = new ArrayDeque<>();
        way.push(new Visit(start));
        while (!way.isEmpty()) {
            Visit visit = way.peek();
            Element here = visit.element;
            if (!order.containsKey(here)) {
                order.put(here, order.size());
                low.put(here, order.size() - 1);
                open.push(here);
                isOpen.add(here);
            }
            List<Element> next = next(here);
            if (visit.followed < next.size()) {
                Element there = next.get(visit.followed++);
                if (!order.containsKey(there)) {
                    way.push(new Visit(there));
                } else if (isOpen.contains(there)) {
                    low.merge(here, Objects.requireNonNull(order.get(there)), Math::min);
                }
                continue;
            }
            way.pop();
            int lowest = Objects.requireNonNull(low.get(here));
            if (!way.isEmpty()) {
                low.merge(way.peek().element, lowest, Math::min);
            }
            if (lowest == Objects.requireNonNull(order.get(here))) {
                components.add(close(here, open, isOpen));
            }
        }
    }

    private static List<Element> close(Element root, Deque<Element> open, Set<Element> isOpen) {
        List<Element> component = new ArrayList<>();
        Element element;
        do {
            element = open.pop();
            isOpen.remove(element);
            component.add(element);
        } while (!ModelIndex.same(element, root));
        return component.reversed();
    }

    private void report(List<Element> loop) {
        if (loop.size() < 2) {
            return;
        }
        List<Element> sorted = loop.stream()
                .sorted((one, other) -> one.place().compareTo(other.place()))
                .toList();
        List<Element> path = across(sorted, Element::context);
        if (path == null) {
            path = across(sorted, Element::stream);
        }
        if (path == null) {
            return;
        }
        Element first = path.getFirst();
        FindingSite spot = FindingSite.of(first);
        for (Element element : path) {
            spot = spot.and(element.waived());
            for (Wired maker : index.makers(element)) {
                spot = spot.and(maker.slice().waived());
            }
        }
        findings.add(
                CheckRule.SM041,
                spot,
                "Feedback loop: "
                        + path.stream()
                                .map(element -> element.context() + "." + element.name())
                                .collect(Collectors.joining(" -> "))
                        + " -> " + first.context() + "." + first.name() + ".");
    }

    /** Returns a cycle that crosses a boundary; null if all elements are on the same side. */
    private @Nullable List<Element> across(List<Element> loop, Function<Element, String> side) {
        Element start = null;
        for (Element element : loop) {
            String its = side.apply(element);
            if (start == null && !its.isEmpty()) {
                start = element;
            } else if (start != null && !its.isEmpty() && !its.equals(side.apply(start))) {
                Set<Element> within = Collections.newSetFromMap(new IdentityHashMap<>());
                within.addAll(loop);
                List<Element> path = new ArrayList<>(way(start, element, within));
                path.addAll(way(element, start, within));
                return path;
            }
        }
        return null;
    }

    /** Returns the shortest path, without its end. */
    private List<Element> way(Element from, Element to, Set<Element> within) {
        IdentityHashMap<Element, Element> before = new IdentityHashMap<>();
        Deque<Element> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty() && !before.containsKey(to)) {
            Element here = queue.remove();
            for (Element there : next(here)) {
                if (within.contains(there) && !before.containsKey(there)) {
                    before.put(there, here);
                    queue.add(there);
                }
            }
        }
        List<Element> way = new ArrayList<>();
        Element here = to;
        do {
            here = Objects.requireNonNull(before.get(here));
            way.add(here);
        } while (!ModelIndex.same(here, from));
        return way.reversed();
    }
}
