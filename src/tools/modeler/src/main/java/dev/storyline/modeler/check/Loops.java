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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds feedback loops across boundaries, and events that trigger their own command in one slice (SM041). An event leads to the
 * commands, events and views of the slices that it triggers, a command to the elements that its slice produces, and a view to
 * the commands whose gatekeepers read it. Folds are ignored, because they stay within a stream, and so are to-do lists, from
 * which an item is taken by the event that follows. Of each element the shortest way back to itself is looked at.
 */
final class Loops {
    private final ModelIndex index;
    private final ModelFindings findings;
    private final IdentityHashMap<Element, List<Element>> next = new IdentityHashMap<>();
    private final Set<Element> told = Collections.newSetFromMap(new IdentityHashMap<>());

    private Loops(ModelIndex index, ModelFindings findings) {
        this.index = index;
        this.findings = findings;
    }

    static void check(ModelIndex index, ModelFindings findings) {
        Loops loops = new Loops(index, findings);
        index.slices().forEach(loops::edges);
        for (Model model : index.landscape().models().values()) {
            model.elements().forEach(loops::loop);
        }
    }

    private void edges(Wired wired) {
        List<Element> made = wired.makes();
        Element command = wired.command();
        if (command == null) {
            wired.on().forEach(event -> lead(event, made));
            return;
        }
        lead(command, made);
        wired.on().forEach(event -> lead(event, List.of(command)));
        wired.asked().forEach(view -> lead(view, List.of(command)));
        wired.on().stream()
                .filter(event -> ModelIndex.among(wired.events(), event) && told.add(event))
                .forEach(event -> findings.add(
                        CheckRule.SM041,
                        FindingSite.of(wired.model(), wired.slice()).and(event.waived()),
                        "The slice " + wired.slice().name() + " is set off by " + event.name()
                                + ", which it records itself."));
    }

    private void lead(Element from, List<Element> to) {
        next.computeIfAbsent(from, key -> new ArrayList<>()).addAll(to);
    }

    /** Tells the shortest way from an element back to itself, where it crosses a boundary and no part of it was told. */
    private void loop(Element start) {
        if (told.contains(start)) {
            return;
        }
        List<Element> path = way(start);
        boolean contexts = path.stream().map(Element::context).distinct().count() > 1;
        boolean streams = path.stream()
                        .map(Element::stream)
                        .filter(stream -> !stream.isEmpty())
                        .distinct()
                        .count()
                > 1;
        if (path.stream().anyMatch(told::contains) || !(contexts || streams)) {
            return;
        }
        told.addAll(path);
        FindingSite spot = FindingSite.of(start);
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
                        + " -> " + start.context() + "." + start.name() + ".");
    }

    /** Returns the shortest way back, without its end; empty if there is none. */
    private List<Element> way(Element start) {
        IdentityHashMap<Element, Element> before = new IdentityHashMap<>();
        Deque<Element> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty() && !before.containsKey(start)) {
            Element here = queue.remove();
            for (Element there : next.getOrDefault(here, List.of())) {
                if (before.putIfAbsent(there, here) == null) {
                    queue.add(there);
                }
            }
        }
        List<Element> way = new ArrayList<>();
        Element here = before.get(start);
        while (here != null) {
            way.add(here);
            here = ModelIndex.same(here, start) ? null : before.get(here);
        }
        return way.reversed();
    }
}
