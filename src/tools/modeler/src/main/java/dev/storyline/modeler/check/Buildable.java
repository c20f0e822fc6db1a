package dev.storyline.modeler.check;

import dev.storyline.model.Diagnostic;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the runtime cannot run as the model cuts it. The check tells it, and the scaffold refuses it with the same sentence, so
 * that both accept the same models.
 */
public final class Buildable {
    private static final int MOST_NAMES = 5;

    private Buildable() {}

    /** Returns why a slice cannot be scaffolded although it is complete; empty if it can. */
    public static List<Diagnostic> reasons(Model model, Slice slice) {
        List<Diagnostic> reasons = new ArrayList<>();
        List<Ref> own =
                slice.on().stream().filter(ref -> !isForeign(model, ref)).toList();
        List<Ref> others =
                slice.on().stream().filter(ref -> isForeign(model, ref)).toList();
        if (slice.pattern() == null) {
            return reasons;
        }
        if (!slice.every().isEmpty()) {
            add(
                    reasons,
                    slice.place(),
                    "Nothing in the runtime comes by itself ('every'): let a schedule of your own send the command over HTTP.");
        }
        switch (slice.pattern()) {
            case STATE_CHANGE, TRANSLATION -> command(slice, own, others, reasons);
            case AUTOMATION -> automation(slice, others, reasons);
            case STATE_VIEW ->
                others.forEach(
                        ref -> add(
                                reasons,
                                ref.place(),
                                "A view is made of events of its own context: translate that of the other context into one first."));
        }
        return reasons;
    }

    private static void command(Slice slice, List<Ref> own, List<Ref> others, List<Diagnostic> reasons) {
        own.forEach(ref -> add(
                reasons,
                ref.place(),
                "A command is not set off by an event of its own context: let an automation dispatch it."));
        others.stream()
                .skip(1)
                .forEach(
                        ref -> add(
                                reasons,
                                ref.place(),
                                "The scaffold translates one event of another context: give the other one a slice of its own."));
        if (slice.todo() != null) {
            add(
                    reasons,
                    slice.todo().place(),
                    "A to-do list is worked off by an automation: let one dispatch the command.");
        }
        if (slice.gatekeeper() != null && slice.actor().isEmpty()) {
            add(
                    reasons,
                    slice.gatekeeper().place(),
                    "A gatekeeper stands before people: name the 'actor' who uses the slice.");
        }
    }

    private static void automation(Slice slice, List<Ref> others, List<Diagnostic> reasons) {
        if (slice.command() != null) {
            add(
                    reasons,
                    slice.command().place(),
                    "An automation and the command that it sends are deployed apart: let it 'dispatch' the command, and give"
                            + " the command a slice of its own.");
        }
        if (slice.todo() != null && slice.on().isEmpty()) {
            add(
                    reasons,
                    slice.todo().place(),
                    "An automation is set off by the event that puts an item on its to-do list: say which under 'on'.");
        }
        others.forEach(ref -> add(
                reasons,
                ref.place(),
                "What another context tells is for a translation, with a command; not for an automation."));
        slice.calls()
                .forEach(call -> add(
                        reasons,
                        call.place(),
                        "The scaffold writes no calls of systems outside: leave 'calls' out, and add the port by hand"
                                + " after."));
        if (!slice.actor().isEmpty()) {
            add(reasons, slice.place(), "An automation works by itself: name its 'processor', not an actor.");
        }
    }

    private static void add(List<Diagnostic> reasons, SourceLocation place, String sentence) {
        reasons.add(new Diagnostic(place, sentence));
    }

    private static boolean isForeign(Model model, Ref ref) {
        return !ref.context().isEmpty() && !ref.context().equals(model.context());
    }

    /** Tells each reason once for a context, with the slices that it concerns. */
    static void check(ModelIndex index, ModelFindings findings) {
        Map<String, Map<String, List<Wired>>> told = new LinkedHashMap<>();
        for (Wired wired : index.slices()) {
            for (Diagnostic reason : reasons(wired.model(), wired.slice())) {
                told.computeIfAbsent(wired.model().context(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(reason.sentence(), key -> new ArrayList<>())
                        .add(wired);
            }
        }
        told.forEach((context, reasons) -> reasons.forEach((sentence, slices) -> {
            List<String> names = slices.stream()
                    .map(wired -> wired.slice().name())
                    .distinct()
                    .toList();
            Wired first = slices.getFirst();
            FindingSite site = FindingSite.of(first.model(), first.slice());
            findings.add(
                    CheckRule.NOT_SCAFFOLDED,
                    site,
                    names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                            + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " others" : "")
                            + " cannot be scaffolded. " + sentence);
        }));
    }
}
