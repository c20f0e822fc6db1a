package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Screen;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All slices with resolved names, and for every element the slices that produce and use it. Elements are compared by
 * identity: each exists once in a landscape, and a comparison by value would compare all fields.
 */
final class ModelIndex {
    /** A slice with resolved names; unknown names are left out. */
    record Wired(
            Model model,
            Slice slice,
            @Nullable Element command,
            List<Element> folds,
            List<Element> on,
            List<Element> events,
            List<Element> publishes,
            List<Element> dispatches,
            List<Element> views,
            List<Element> exists,
            List<Element> asked,
            @Nullable Element todo) {
        boolean hasActor() {
            return !slice.actor().isEmpty();
        }

        /** Returns whether a person uses the slice: an actor is named, or a screen drawn. */
        boolean hasPerson() {
            return hasActor() || !slice.screens().isEmpty();
        }

        /** Returns whether something other than a person sets the slice off. */
        boolean hasTrigger() {
            return !on.isEmpty() || todo != null || !slice.every().isEmpty();
        }

        /** Returns the elements that set the slice off: events, and the rows of a to-do list. */
        List<Element> triggers() {
            List<Element> all = new ArrayList<>(on);
            if (todo != null) {
                all.add(todo);
            }
            return all;
        }

        /** Returns the screens that say what is on them. */
        List<Screen> screens() {
            return slice.screens().stream()
                    .filter(screen -> !screen.fields().isEmpty())
                    .toList();
        }

        /** Returns all elements that the slice produces. */
        List<Element> makes() {
            List<Element> all = new ArrayList<>(events);
            all.addAll(publishes);
            all.addAll(dispatches);
            all.addAll(views);
            return all;
        }
    }

    private final Landscape landscape;
    private final List<Wired> slices = new ArrayList<>();
    private final IdentityHashMap<Element, List<Wired>> makers = new IdentityHashMap<>();
    private final IdentityHashMap<Element, List<Wired>> listeners = new IdentityHashMap<>();
    private final IdentityHashMap<Element, List<Wired>> folders = new IdentityHashMap<>();
    private final IdentityHashMap<Element, List<Wired>> dispatchers = new IdentityHashMap<>();
    private final IdentityHashMap<Element, List<Wired>> askers = new IdentityHashMap<>();
    private final IdentityHashMap<Element, List<Wired>> workers = new IdentityHashMap<>();
    private final Set<Element> parts = Collections.newSetFromMap(new IdentityHashMap<>());

    ModelIndex(Landscape landscape) {
        this.landscape = landscape;
        for (Model model : landscape.models().values()) {
            for (Slice slice : model.slices()) {
                add(wired(model, slice));
            }
            for (Element view : model.views().values()) {
                for (Field field : view.fields()) {
                    Element part = model.views().get(field.type());
                    if (part != null) {
                        parts.add(part);
                    }
                }
            }
        }
    }

    private Wired wired(Model model, Slice slice) {
        return new Wired(
                model,
                slice,
                slice.command() == null ? null : landscape.find(model, slice.command(), Kind.COMMAND),
                found(model, slice.folds(), Kind.EVENT),
                found(model, slice.on(), Kind.EVENT),
                found(model, slice.events(), Kind.EVENT),
                found(model, slice.publishes(), Kind.PUBLIC_EVENT),
                found(model, slice.dispatches(), Kind.COMMAND),
                found(model, slice.views(), Kind.VIEW),
                slice.views().isEmpty() ? List.of() : found(model, slice.exists(), Kind.EVENT),
                slice.gatekeeper() == null
                        ? List.of()
                        : found(model, slice.gatekeeper().reads(), Kind.VIEW, Kind.EVENT),
                slice.todo() == null ? null : landscape.find(model, slice.todo(), Kind.VIEW));
    }

    private List<Element> found(Model model, List<Ref> refs, Kind... kinds) {
        return refs.stream()
                .map(ref -> landscape.find(model, ref, kinds))
                .filter(Objects::nonNull)
                .toList();
    }

    private void add(Wired wired) {
        slices.add(wired);
        if (wired.command() != null) {
            put(makers, wired.command(), wired);
        }
        for (List<Element> made : List.of(wired.events(), wired.publishes(), wired.views())) {
            made.forEach(element -> put(makers, element, wired));
        }
        wired.on().forEach(element -> put(listeners, element, wired));
        wired.folds().forEach(element -> put(folders, element, wired));
        wired.dispatches().forEach(element -> put(dispatchers, element, wired));
        wired.asked().forEach(element -> put(askers, element, wired));
        if (wired.todo() != null) {
            put(workers, wired.todo(), wired);
        }
    }

    private static void put(IdentityHashMap<Element, List<Wired>> map, Element element, Wired wired) {
        map.computeIfAbsent(element, key -> new ArrayList<>()).add(wired);
    }

    Landscape landscape() {
        return landscape;
    }

    List<Wired> slices() {
        return slices;
    }

    Model home(Element element) {
        return Objects.requireNonNull(landscape.models().get(element.context()));
    }

    /** Returns the slices that record, publish or maintain the element, or handle the command. */
    List<Wired> makers(Element element) {
        return makers.getOrDefault(element, List.of());
    }

    /** Returns the slices that the element triggers, or that show it. */
    List<Wired> listeners(Element element) {
        return listeners.getOrDefault(element, List.of());
    }

    /** Returns the slices that fold the event. */
    List<Wired> folders(Element element) {
        return folders.getOrDefault(element, List.of());
    }

    /** Returns the slices that dispatch the command. */
    List<Wired> dispatchers(Element command) {
        return dispatchers.getOrDefault(command, List.of());
    }

    /** Returns the slices whose gatekeepers read the view. */
    List<Wired> askers(Element view) {
        return askers.getOrDefault(view, List.of());
    }

    /** Returns the automations whose to-do list the view is. */
    List<Wired> workers(Element view) {
        return workers.getOrDefault(view, List.of());
    }

    /** Returns whether the view is part of another view. */
    boolean isPart(Element view) {
        return parts.contains(view);
    }

    /** Compares by identity, see the class comment. */
    static boolean among(List<Element> elements, @Nullable Element sought) {
        return elements.stream().anyMatch(element -> same(element, sought));
    }

    @SuppressWarnings("ReferenceEquality") // Each element stands once; comparing by value would compare all fields.
    static boolean same(@Nullable Element one, @Nullable Element other) {
        return one == other;
    }
}
