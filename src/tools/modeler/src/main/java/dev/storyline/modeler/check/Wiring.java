package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.modeler.check.ModelIndex.Wired;

/** Checks both ends of every element: its producer and its users. */
final class Wiring {
    private final ModelIndex index;
    private final ModelFindings findings;

    private Wiring(ModelIndex index, ModelFindings findings) {
        this.index = index;
        this.findings = findings;
    }

    static void check(ModelIndex index, ModelFindings findings) {
        Wiring wiring = new Wiring(index, findings);
        index.slices().forEach(wiring::slice);
        for (Model model : index.landscape().models().values()) {
            for (Element element : model.elements()) {
                switch (element.kind()) {
                    case COMMAND -> wiring.command(element);
                    case VIEW -> wiring.view(element);
                    case EVENT, PUBLIC_EVENT -> wiring.event(element);
                }
            }
        }
    }

    /** A screen is for people. So is a gatekeeper, except in a translation. */
    private void slice(Wired wired) {
        Slice slice = wired.slice();
        boolean used = !slice.screens().isEmpty() || (slice.gatekeeper() != null && !wired.hasTrigger());
        if (used && !wired.hasActor() && wired.model().actors().isEmpty()) {
            findings.open(wired.model(), "who may use", slice.name());
        } else if (used && !wired.hasActor()) {
            findings.add(
                    CheckRule.SLICE_WITHOUT_ACTOR,
                    FindingSite.of(wired.model(), slice),
                    "People use the slice " + slice.name() + ", but it names no actor who may.");
        }
    }

    private void command(Element command) {
        boolean triggered = !index.dispatchers(command).isEmpty()
                || index.makers(command).stream().anyMatch(wired -> wired.hasPerson() || wired.hasTrigger());
        if (!triggered) {
            findings.add(
                    CheckRule.COMMAND_WITHOUT_TRIGGER,
                    spot(command),
                    "Nobody and nothing sends the command " + command.name() + ".");
        }
    }

    private void view(Element view) {
        if (index.makers(view).isEmpty()) {
            findings.add(CheckRule.VIEW_UNPRODUCED, spot(view), "No slice keeps the view " + view.name() + ".");
        } else if (index.askers(view).isEmpty()
                && index.workers(view).isEmpty()
                && !index.isPart(view)
                && index.makers(view).stream().noneMatch(Wired::hasPerson)) {
            findings.add(CheckRule.VIEW_UNREAD, spot(view), "Nobody and nothing reads the view " + view.name() + ".");
        }
    }

    private void event(Element event) {
        String what = "the " + event.kind().word() + " " + event.name();
        if (index.makers(event).isEmpty()) {
            findings.add(CheckRule.EVENT_UNPRODUCED, spot(event), "No slice makes " + what + ".");
        }
        if (index.listeners(event).isEmpty() && index.folders(event).isEmpty()) {
            findings.add(CheckRule.EVENT_UNCONSUMED, spot(event), "No slice does anything with " + what + ".");
        }
    }

    private FindingSite spot(Element element) {
        FindingSite spot = FindingSite.of(element);
        for (Wired maker : index.makers(element)) {
            spot = spot.and(maker.slice().waived());
        }
        return spot;
    }
}
