package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the origin of every field, and marks the origin as used, so that origins and destinations always agree.
 */
final class Origins {
    /**
     * One way in which a slice produces an element.
     *
     * @param by the slice and its trigger, for messages
     * @param byName the elements whose fields of the same name are default origins
     * @param available the elements that its fields may refer to
     * @param input whether a person enters the fields
     * @param entered the fields that the screens of the slice enter; null where they do not say what is on them
     */
    record Making(
            String by,
            List<Element> byName,
            List<Element> available,
            boolean input,
            @Nullable Set<String> entered) {
        Making(String by, List<Element> byName, List<Element> available, boolean input) {
            this(by, byName, available, input, null);
        }
    }

    private final ModelIndex index;
    private final Flows flows;

    Origins(ModelIndex index, Flows flows) {
        this.index = index;
        this.flows = flows;
    }

    /** Returns all ways in which slices produce the element; empty if no slice does. */
    List<Making> makings(Element element) {
        return element.kind() == Kind.COMMAND
                ? commandMakings(element)
                : index.makers(element).stream()
                        .map(wired -> making(element, wired))
                        .toList();
    }

    static Making making(Element element, Wired wired) {
        String by = "the slice " + wired.slice().name();
        List<Element> available = wired.triggers();
        if (wired.command() != null) {
            available.add(wired.command());
        }
        List<Element> byName = List.copyOf(available);
        return switch (element.kind()) {
            case EVENT -> {
                available.addAll(wired.folds());
                available.addAll(wired.asked());
                yield new Making(
                        by, wired.command() == null ? wired.triggers() : List.of(wired.command()), available, false);
            }
            case PUBLIC_EVENT, VIEW -> {
                List<Element> near = new ArrayList<>(byName);
                near.addAll(wired.events());
                available.addAll(wired.events());
                available.addAll(wired.folds());
                yield new Making(by, near, available, false);
            }
            case COMMAND -> throw new IllegalArgumentException("A command comes about at its triggers.");
        };
    }

    private List<Making> commandMakings(Element command) {
        List<Making> makings = new ArrayList<>();
        for (Wired wired : index.makers(command)) {
            String by = "the slice " + wired.slice().name();
            if (wired.hasPerson()) {
                List<Element> available = new ArrayList<>(wired.asked());
                // A field that one trigger supplies is input at the other.
                available.addAll(wired.on());
                makings.add(new Making(
                        by
                                + (wired.hasActor()
                                        ? " with the actor " + wired.slice().actor()
                                        : ""),
                        List.of(),
                        available,
                        true,
                        Screens.entered(index, wired, command)));
            }
            if (wired.todo() != null) {
                makings.add(new Making(by + " at its to-do list", wired.triggers(), wired.triggers(), false));
            } else {
                for (Element event : wired.on()) {
                    // An event goes to the internal endpoint, which has no gatekeeper.
                    makings.add(new Making(by + " on " + event.name(), List.of(event), List.of(event), false));
                }
            }
        }
        for (Wired wired : index.dispatchers(command)) {
            makings.add(new Making(
                    "the slice " + wired.slice().name() + " that dispatches it",
                    wired.triggers(),
                    wired.triggers(),
                    false));
        }
        return makings;
    }

    /** Finds the origins of the fields of an element. */
    void follow(Element element, List<Trace> traces) {
        List<Making> makings = makings(element);
        for (Trace trace : traces) {
            if (makings.isEmpty()) {
                settle(trace, Completeness.NOT_CHECKABLE);
            }
            for (Making making : makings) {
                follow(element, trace, making);
            }
        }
    }

    private static void settle(Trace trace, Completeness answer) {
        trace.origin(answer);
        trace.inner().forEach(inner -> settle(inner, answer));
    }

    private void follow(Element element, Trace trace, Making making) {
        Field field = trace.field();
        if (field.type().isEmpty()) {
            perhaps(element, trace, making);
            settle(trace, Completeness.NOT_CHECKABLE);
            return;
        }
        if (!field.from().isEmpty() || !field.computed().isEmpty()) {
            settle(trace, references(element, trace, making));
        } else if (!field.generated().isEmpty()) {
            settle(trace, Completeness.PROVEN);
        } else if (making.input()) {
            entered(element, trace, making);
        } else {
            byName(element, trace, making);
        }
    }

    /** What a person enters is on a screen, where the screens of the slice say what is on them. */
    private void entered(Element command, Trace trace, Making making) {
        if (making.entered() == null || making.entered().contains(trace.field().name())) {
            settle(trace, Completeness.PROVEN);
        } else {
            settle(trace, Completeness.GAP);
            trace.gaps()
                    .add("no screen of " + making.by() + " has a field that enters '"
                            + trace.field().name() + "' of " + command.name());
        }
    }

    /** A field without a type has no known origin. Its possible origins count as possibly used. */
    private void perhaps(Element element, Trace trace, Making making) {
        Field field = trace.field();
        for (Ref ref : all(field)) {
            Element source =
                    ref.element().isEmpty() ? element : index.landscape().find(index.home(element), ref, Kind.values());
            if (source != null) {
                flows.perhapsUse(source, ref.element().isEmpty() ? trace.prefix() + ref.field() : ref.field());
            }
        }
        making.byName().forEach(source -> flows.perhapsUse(source, field.name()));
    }

    /** Returns the best completeness of the references of a field. One wrong reference makes the result a gap. */
    private Completeness references(Element element, Trace trace, Making making) {
        if (trace.isCircular()) {
            trace.gaps().add("it is made of itself");
            return Completeness.GAP;
        }
        Field field = trace.field();
        List<@Nullable Completeness> answers = new ArrayList<>();
        field.from().forEach(ref -> answers.add(reference(element, trace, ref, true, making)));
        field.computed().forEach(ref -> answers.add(reference(element, trace, ref, false, making)));
        for (Completeness answer : List.of(Completeness.GAP, Completeness.PROVEN, Completeness.NOT_CHECKABLE)) {
            if (answers.contains(answer)) {
                return answer;
            }
        }
        trace.gaps()
                .add("in " + making.by() + " there is none of what it is made of ("
                        + all(field).stream().map(Ref::toString).collect(Collectors.joining(", ")) + ")");
        return Completeness.GAP;
    }

    private static List<Ref> all(Field field) {
        List<Ref> all = new ArrayList<>(field.from());
        all.addAll(field.computed());
        return all;
    }

    /** Returns the completeness of one reference; null if its element is not available here. */
    private @Nullable Completeness reference(Element element, Trace trace, Ref ref, boolean copied, Making making) {
        Model home = index.home(element);
        boolean sibling = ref.element().isEmpty();
        Element source = sibling ? element : index.landscape().find(home, ref, Kind.values());
        if (source == null || !(sibling || ModelIndex.among(making.available(), source))) {
            return null;
        }
        if (ref.path().isEmpty()) {
            if (copied) {
                trace.clashes()
                        .add("'from' names a field, and " + ref + " is a whole "
                                + source.kind().word());
            }
            return copied ? Completeness.GAP : Completeness.PROVEN;
        }
        Field there = sibling
                ? Landscape.field(home, trace.siblings(), ref.path())
                : index.landscape().field(source, ref.path());
        if (there == null || there.type().isEmpty()) {
            return Completeness.NOT_CHECKABLE;
        }
        boolean collects = element.kind() == Kind.VIEW;
        if (copied && !Types.fit(index.home(source), there, home, trace.field(), collects, true)) {
            trace.clashes().add(wrongType(there, ref.toString(), trace.field()));
            return Completeness.GAP;
        }
        // The origin of a sibling field is checked in its own turn.
        flows.use(source, sibling ? trace.prefix() + ref.field() : ref.field());
        return Completeness.PROVEN;
    }

    private static String wrongType(Field source, String name, Field target) {
        return name + " is " + source.written() + ", not " + target.written();
    }

    private void byName(Element element, Trace trace, Making making) {
        Field field = trace.field();
        Model home = index.home(element);
        boolean found = false;
        boolean unsure = making.byName().isEmpty();
        Set<String> wrong = new LinkedHashSet<>();
        for (Element source : making.byName()) {
            Field there = source.field(field.name()).orElse(null);
            if (there == null) {
                unsure |= source.fields().isEmpty();
            } else if (there.type().isEmpty()) {
                unsure = true;
            } else if (Types.fit(index.home(source), there, home, field, element.kind() == Kind.VIEW, false)) {
                flows.use(source, field.name());
                found = true;
            } else {
                wrong.add(wrongType(there, source.name() + "." + field.name(), field));
            }
        }
        if (found || home.views().containsKey(field.type())) {
            // Fields of a nested view are checked in that view.
            settle(trace, Completeness.PROVEN);
        } else if (!trace.inner().isEmpty()) {
            for (Trace inner : trace.inner()) {
                follow(element, inner, making);
                trace.origin(inner.origin());
            }
        } else if (trace.isCut() || (wrong.isEmpty() && unsure)) {
            trace.origin(Completeness.NOT_CHECKABLE);
        } else {
            trace.origin(Completeness.GAP);
            if (wrong.isEmpty()) {
                trace.gaps().add(missing(field, making));
            } else {
                trace.clashes().addAll(wrong);
            }
        }
    }

    private static String missing(Field field, Making making) {
        String sources = making.byName().stream()
                .map(source -> source.name())
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        return "in " + making.by() + " no field '" + field.name() + "' is in " + sources;
    }
}
