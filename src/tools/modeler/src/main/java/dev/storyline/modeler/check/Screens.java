package dev.storyline.modeler.check;

import dev.storyline.model.Actor;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Screen;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is on screens: a shown field comes from a view, an entered one goes into a command. A screen whose fields nobody
 * has told is not checked.
 */
final class Screens {
    private final ModelIndex index;
    private final Flows flows;
    private final ModelFindings findings;

    private Screens(ModelIndex index, Flows flows, ModelFindings findings) {
        this.index = index;
        this.flows = flows;
        this.findings = findings;
    }

    /** Checks all screens, and marks the fields of views that they show as used. */
    static void check(ModelIndex index, Flows flows, ModelFindings findings) {
        Screens screens = new Screens(index, flows, findings);
        for (Wired wired : index.slices()) {
            wired.screens().forEach(screen -> screen.fields().forEach(field -> screens.field(wired, screen, field)));
        }
    }

    /**
     * Returns the fields of a command that the screens of its slice enter.
     *
     * @return null if no screen says what is on it
     */
    static @Nullable Set<String> entered(ModelIndex index, Wired wired, Element command) {
        if (wired.screens().isEmpty()) {
            return null;
        }
        Set<String> entered = new HashSet<>();
        for (String actor : wired.slice().actors()) {
            // The token tells who the actor is.
            Actor known = wired.model().actors().get(actor);
            command.fields().stream()
                    .filter(field -> known != null
                            && !field.type().isEmpty()
                            && field.type().equals(known.identity()))
                    .forEach(field -> entered.add(field.name()));
        }
        for (Screen screen : wired.screens()) {
            for (Field field : screen.fields()) {
                entered.add(field.name());
                field.to().stream()
                        .filter(ref ->
                                ModelIndex.same(index.landscape().find(wired.model(), ref, Kind.COMMAND), command))
                        .forEach(ref -> entered.add(
                                ref.path().isEmpty() ? "" : ref.path().getFirst()));
            }
        }
        return entered;
    }

    private void field(Wired wired, Screen screen, Field field) {
        boolean known = false;
        boolean unsure = false;
        List<Ref> told = new ArrayList<>(field.from());
        told.addAll(field.computed());
        for (Ref ref : told) {
            Element source = index.landscape().find(wired.model(), ref, Kind.VIEW);
            if (source == null && !ref.element().isEmpty()) {
                continue;
            }
            if (source != null) {
                use(source, ref.path().isEmpty() ? source.fields() : List.of(), ref.field());
            }
            known = true;
        }
        known |= !field.generated().isEmpty();
        for (Ref ref : field.to()) {
            known |= index.landscape().find(wired.model(), ref, Kind.COMMAND) != null;
        }
        if (told.isEmpty()) {
            for (Element near : near(wired, screen)) {
                if (near.field(field.name()).isPresent()) {
                    known = true;
                    if (near.kind() == Kind.VIEW) {
                        flows.use(near, field.name());
                    }
                }
                unsure |= near.fields().isEmpty();
            }
        }
        if (!known && unsure) {
            findings.open(
                    wired.model(),
                    "the fields of what is on the screens of",
                    wired.slice().name());
        } else if (!known) {
            String subject = wired.slice().name() + "." + field.name();
            findings.add(
                    CheckRule.FIELD_WITHOUT_ORIGIN,
                    new FindingSite(wired.model().context(), subject, field.place(), List.of(field.waived()))
                            .and(wired.slice().waived()),
                    "The field '" + field.name() + "' of the screen "
                            + (screen.name().isEmpty() ? "" : "'" + screen.name() + "' ") + "of "
                            + wired.slice().name()
                            + " is in no view that the slice shows, and in no command that it sends.");
        }
    }

    private void use(Element view, List<Field> all, String path) {
        all.forEach(field -> flows.use(view, field.name()));
        if (!path.isEmpty()) {
            flows.use(view, path);
        }
    }

    /** Returns the views and commands of a screen: those of its slice, and the commands of its buttons. */
    private List<Element> near(Wired wired, Screen screen) {
        Model model = wired.model();
        List<Element> near = new ArrayList<>(wired.views());
        wired.asked().stream().filter(asked -> asked.kind() == Kind.VIEW).forEach(near::add);
        if (wired.command() != null) {
            near.add(wired.command());
        }
        screen.buttons().values().stream()
                .flatMap(List::stream)
                .map(ref -> index.landscape().find(model, ref, Kind.COMMAND))
                .filter(Objects::nonNull)
                .forEach(near::add);
        return near;
    }
}
