package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Gatekeeper;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.List;

/** Finds the destination of every field, after all origins and rules were processed. */
final class Destinations {
    private final ModelIndex index;
    private final Flows flows;

    Destinations(ModelIndex index, Flows flows) {
        this.index = index;
        this.flows = flows;
    }

    /** Finds the destinations of an element's fields. */
    void follow(Element element, List<Trace> traces) {
        List<Wired> users = users(element);
        Completeness otherwise = unused(element, users);
        boolean all = element.kind() == Kind.VIEW && isUsed(element);
        for (Trace trace : traces) {
            boolean key = (trace.field().identity() || namesTheEntity(element, trace.field()))
                    && switch (element.kind()) {
                        // The key of the recorded stream, and the key of a gatekeeper's query.
                        case EVENT -> !users.isEmpty();
                        case VIEW ->
                            !index.askers(element).isEmpty()
                                    || index.makers(element).stream().anyMatch(Wired::hasPerson);
                        case PUBLIC_EVENT, COMMAND -> false;
                    };
            follow(element, trace, all || key, otherwise);
        }
    }

    /** Returns the field that identifies the stream of an event. */
    private boolean namesTheEntity(Element element, Field field) {
        EventStream stream = index.home(element).streams().get(element.stream());
        return stream != null && stream.by().equals(field.name());
    }

    private void follow(Element element, Trace trace, boolean proven, Completeness otherwise) {
        Completeness use = proven ? Completeness.PROVEN : flows.answer(element, trace.path());
        boolean used = use == Completeness.PROVEN;
        if (trace.field().type().isEmpty()) {
            trace.destination(Completeness.NOT_CHECKABLE);
        } else if (trace.inner().isEmpty()) {
            Completeness unused = trace.isCut() ? Completeness.NOT_CHECKABLE : otherwise;
            trace.destination(use == Completeness.GAP ? unused : use);
        }
        for (Trace inner : trace.inner()) {
            follow(element, inner, used, otherwise);
            trace.destination(inner.destination());
        }
    }

    /** Returns the slices that could use a field of the element. */
    List<Wired> users(Element element) {
        List<Wired> users = new ArrayList<>(
                switch (element.kind()) {
                    case EVENT, PUBLIC_EVENT -> index.listeners(element);
                    case COMMAND -> index.makers(element);
                    case VIEW -> index.askers(element);
                });
        if (element.kind() == Kind.VIEW) {
            index.makers(element).stream().filter(Wired::hasPerson).forEach(users::add);
        }
        if (element.kind() == Kind.EVENT) {
            users.addAll(index.folders(element));
        }
        return users;
    }

    /**
     * Returns whether everything in a view counts as used: a person sees it, and the screens do not say which fields; it is
     * part of another view; an automation works it off; or a gatekeeper reads it, and no rule says which fields.
     */
    private boolean isUsed(Element view) {
        return index.isPart(view)
                || !index.workers(view).isEmpty()
                || index.makers(view).stream()
                        .anyMatch(wired -> wired.hasPerson() && wired.screens().isEmpty())
                || index.askers(view).stream().anyMatch(wired -> asksForAll(wired, view));
    }

    private boolean asksForAll(Wired wired, Element view) {
        Gatekeeper gatekeeper = wired.slice().gatekeeper();
        return gatekeeper != null
                && gatekeeper.rules().stream()
                        .flatMap(rule -> rule.reads().stream())
                        .noneMatch(ref -> ModelIndex.same(
                                index.landscape().find(wired.model(), ref, Kind.VIEW, Kind.EVENT), view));
    }

    /** Returns the completeness of an unused field: a gap only if all possible users are modelled. */
    private static Completeness unused(Element element, List<Wired> users) {
        boolean anything = false;
        for (Wired user : users) {
            anything |= element.kind() == Kind.VIEW && !user.screens().isEmpty();
            List<Element> targets = new ArrayList<>(user.makes());
            if (user.command() != null && !ModelIndex.same(user.command(), element)) {
                targets.add(user.command());
            }
            for (Element target : targets) {
                if (target.fields().isEmpty()) {
                    return Completeness.NOT_CHECKABLE;
                }
            }
            anything |= !targets.isEmpty() || !user.slice().rules().isEmpty();
        }
        return anything ? Completeness.GAP : Completeness.NOT_CHECKABLE;
    }
}
